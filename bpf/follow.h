/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* A packet of a known connection. */
#ifndef FAIRWAY_FOLLOW_H
#define FAIRWAY_FOLLOW_H

#include "icmp.h"
#include "policy.h"
#include "publication.h"
#include "remote.h"
#include "segment.h"
#include "way.h"

#define NOT_FOLLOWED	(-1)

/* A copy of the row a packet follows: once another CPU has deleted it, its memory may hold another connection. */
struct followed {
	struct fw_flow row;
	struct fw_address own;
	struct fw_way way;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct followed);
} rows SEC(".maps");

/* The way to a destination as the host routes it, or 0. Asked as if a packet came in by the network's vNIC, so that policy rules of
 * the host apply and no setting of its other devices matters. */
__noinline __u32 route_of(struct __sk_buff *skb, const struct fw_address *source, const struct fw_address *destination, __u32 host_ifindex)
{
	struct bpf_fib_lookup fib = {};

	if (!source || !destination)
		return 0;
	fib.ifindex = host_ifindex;
	if (is_address4(destination)) {
		fib.family = 2; /* AF_INET */
		fib.ipv4_src = source->word[3];
		fib.ipv4_dst = destination->word[3];
	} else {
		fib.family = 10; /* AF_INET6 */
		__builtin_memcpy(fib.ipv6_src, source, 16);
		__builtin_memcpy(fib.ipv6_dst, destination, 16);
	}
	switch (bpf_fib_lookup(skb, &fib, sizeof(fib), 0)) {
	case BPF_FIB_LKUP_RET_SUCCESS:
	case BPF_FIB_LKUP_RET_NO_NEIGH:
	case BPF_FIB_LKUP_RET_FRAG_NEEDED:
		return fib.ifindex;
	}
	return 0;
}

/* Whether a packet from outside has an address of the host, of one of our networks, or of nobody here: somebody in borrowed clothes. This
 * hook stands before the host's own source check. */
__noinline int is_borrowed(const struct fw_address *source, __u32 ifindex)
{
	if (!source)
		return 1;
	return is_host_address(source) || is_unspecified(source) || is_group(source) || is_link_local6(source) || (ifindex && !bpf_map_lookup_elem(&uplinks, &ifindex));
}

/* What an opened connection looked like to who called, from a row of either direction. */
static __always_inline void original_tuple(struct judging *j, const struct packet *p, const struct fw_flow *flow)
{
	j->tuple = p->key;
	j->icmp = 0;
	if (flow->flags & FW_FLOW_REPLY) {
		/* The reply leaves with what the first packet was addressed to. */
		j->tuple.source = flow->destination;
		j->tuple.destination = flow->source;
		j->tuple.source_port = flow->destination_port;
		j->tuple.destination_port = flow->source_port;
	}
	if (p->key.protocol == IPPROTO_ICMP || p->key.protocol == IPPROTO_ICMPV6) {
		j->icmp = (p->version == 4 ? ICMP_ECHO : ICMPV6_ECHO_REQUEST) << 8;
		j->tuple.source_port = 0;
	}
}

/* And to who was called, behind a publication. */
static __always_inline void inner_tuple(struct judging *j, const struct packet *p, const struct fw_flow *flow)
{
	if (flow->flags & FW_FLOW_REPLY) {
		j->tuple.source = p->key.destination;
		j->tuple.destination = p->key.source;
		j->tuple.source_port = p->key.destination_port;
		j->tuple.destination_port = p->key.source_port;
	} else {
		j->tuple.source = flow->source;
		j->tuple.destination = flow->destination;
		j->tuple.source_port = flow->source_port;
		j->tuple.destination_port = flow->destination_port;
	}
}

/* The port a row leads to, or 0. */
static __always_inline __u32 called_port(const struct fw_flow *flow)
{
	return flow->flags & FW_FLOW_TO_PORT ? flow->out : 0;
}

/* Asks the access rules of both ends again; a reason when they block the connection now. */
__noinline int judge_again(const struct packet *p, struct place *at, const struct fw_flow *flow)
{
	struct judging *j = judging_row();
	__u32 end;
	int verdict;

	if (!p || !at || !flow || !j)
		return FW_DROP_POLICY_OUT;
	original_tuple(j, p, flow);
	end = flow->flags & FW_FLOW_REPLY ? called_port(flow) : flow->in_port;
	if (end) {
		verdict = judge(end, FW_DIRECTION_OUT);
		at->out_rule = j->rule;
		if (verdict != ALLOWED)
			return FW_DROP_POLICY_OUT;
	}
	end = flow->flags & FW_FLOW_REPLY ? flow->in_port : called_port(flow);
	if (!end)
		return FW_DROP_NONE;
	if (flow->flags & FW_FLOW_PUBLISHED)
		inner_tuple(j, p, flow);
	return judge_in(j, end, at);
}

/* Whether a connection to the outside may go on as it is: allowed, with the address it has, by the way it took. */
__noinline int may_still_leave(struct __sk_buff *skb, const struct packet *p, const struct place *at, const struct fw_flow *flow)
{
	__u32 flags, zero = 0;
	struct followed *followed = bpf_map_lookup_elem(&rows, &zero);
	struct fw_network *network;
	struct fw_way *way;

	if (!p || !at || !flow || !followed)
		return 0;
	way = &followed->way;
	if (flow->flags & FW_FLOW_REPLY) {
		find_way(flow->out, &p->key.source, way);
		return leaves_with(way, &flow->destination, &p->key.destination);
	}
	network = network_row(at->network);
	flags = find_way(at->in_port, &p->key.destination, way);
	if (!network || !leaves_with(way, &p->key.source, &flow->source) || !(flags & FW_WAY_HOP) != !(flow->flags & FW_FLOW_BY_HOP))
		return 0;
	if (network->flags & FW_NETWORK_SEGMENT)
		return network->uplink == flow->out;
	return route_of(skb, &p->key.source, flags & FW_WAY_HOP ? &way->next_hop : &p->key.destination, inside_of(network)) == flow->out;
}

/* Whether the publication a connection came in by still lets it in. Its backend and translation are kept. */
__noinline int is_still_published(const struct packet *p, const struct fw_flow *flow)
{
	struct fw_publication *publication;

	if (!p || !flow)
		return 0;
	if (flow->flags & FW_FLOW_REPLY) {
		publication = find_publication(&flow->source, flow->source_port, p->key.protocol);
		return publication && publication->number == flow->publication && admits(publication, &flow->destination);
	}
	publication = find_publication(&p->key.destination, p->key.destination_port, p->key.protocol);
	return publication && publication->number == flow->publication && admits(publication, &p->key.source);
}

/* Whether the rules that let the connection in still do. */
static __always_inline bool still_allowed(struct __sk_buff *skb, const struct packet *p, const struct place *at, const struct fw_flow *flow)
{
	if (flow->flags & FW_FLOW_LOCAL)
		return true;
	return flow->flags & FW_FLOW_PUBLISHED ? is_still_published(p, flow) : may_still_leave(skb, p, at, flow);
}

/*
 * Answers to a caller outside go where the host routes them now: unlike a connection to the outside, which is bound to the address of
 * its uplink, this one goes on by another way. `row` is the copy of `flow`.
 */
__noinline int lead_to_caller(struct __sk_buff *skb, const struct place *at, struct fw_flow *flow, struct fw_flow *row)
{
	struct fw_network *network = at ? network_row(at->network) : NULL;
	struct fw_uplink *uplink;
	__u32 ifindex;

	if (!network || !flow || !row)
		return 0;
	ifindex = route_of(skb, &row->source, &row->destination, network->host_ifindex);
	uplink = bpf_map_lookup_elem(&uplinks, &ifindex);
	if (!uplink)
		return 0;
	if (ifindex == row->out)
		return 1;
	row->out = ifindex;
	row->mtu = uplink->mtu > 0xffff ? 0 : uplink->mtu;
	row->flags = (row->flags & ~FW_FLOW_NO_MAC) | (uplink->flags & FW_UPLINK_NO_MAC ? FW_FLOW_NO_MAC : 0);
	flow->out = row->out;
	flow->mtu = row->mtu;
	__sync_fetch_and_and(&flow->flags, ~FW_FLOW_NO_MAC);
	__sync_fetch_and_or(&flow->flags, row->flags & FW_FLOW_NO_MAC);
	return 1;
}

/* The address the switch speaks with towards the sender: the gateway's, or the host address that was asked. */
static __always_inline void own_address(struct fw_address *own, const struct packet *p, const struct place *at)
{
	struct fw_network *network = at->in_port ? network_row(at->network) : NULL;

	if (network)
		*own = p->version == 4 ? network->gateway4 : network->gateway6;
	else
		*own = p->key.destination;
}

/* Delivers what stays inside its network. What the host sends is seen on its way out of a device, whence no other namespace can be entered. */
static __always_inline int go_local(struct __sk_buff *skb, struct packet *p, struct place *at, __u32 flags, __u32 out)
{
	struct fw_network *network = network_row(at->network);
	struct fw_port *port;

	if (!network)
		return TC_ACT_SHOT;
	if (at->in_port)
		count_out(skb, at->in_port);
	if (flags & FW_FLOW_TO_REMOTE)
		return to_remote(skb, p, at);
	if (!(flags & FW_FLOW_TO_PORT))
		return network->flags & FW_NETWORK_SEGMENT ? leave_segment(skb, p, at) : to_host(skb, at->network, network);
	port = port_row(out);
	if (!port)
		return TC_ACT_SHOT;
	return to_port(skb, out, port, at->in_port ? NULL : mac_towards(network), at->in_port || p->from != FROM_HOST);
}

/* Delivers what has been rewritten. */
static __always_inline int go(struct __sk_buff *skb, struct packet *p, struct place *at, __u32 flags, __u32 out)
{
	struct fw_network *network;
	struct fw_port *port;
	int action;

	if (flags & FW_FLOW_BY_HOP && !(flags & FW_FLOW_NO_MAC)) {
		action = by_hop(skb, p, at, out);
		return action == NO_HOP ? TC_ACT_SHOT : action;
	}
	if (!(flags & FW_FLOW_TO_PORT))
		return leave_host(skb, at, out, flags & FW_FLOW_NO_MAC);
	port = port_row(out);
	if (!port)
		return TC_ACT_SHOT;
	network = network_row(port->network);
	if (!network)
		return TC_ACT_SHOT;
	if (!p->l3 && !add_link_layer(skb, p))
		return drop(skb, p, at, FW_DROP_NOT_DELIVERED);
	return to_port(skb, out, port, network->gateway_mac, true);
}

/* Whether both ends are still those of the first packet: ports are numbered anew, and addresses pass to other ports. */
static __always_inline bool ends_are_the_same(const struct fw_flow *row, struct place *at)
{
	struct fw_port *port;

	if (row->in_port != at->in_port)
		return false;
	if (at->in_port) {
		port = port_row(at->in_port);
		if (!port || port->generation != row->in_generation)
			return false;
	}
	if (!(row->flags & FW_FLOW_TO_PORT))
		return true;
	port = port_row(row->out);
	if (!port || !(port->flags & FW_PORT_LIVE) || port->generation != row->out_generation)
		return false;
	at->out_port = row->out;
	return true;
}

static __always_inline bool is_new_call(const struct packet *p, __u32 flags)
{
	return p->key.protocol == IPPROTO_TCP && (p->tcp_flags & (TCP_SYN | TCP_ACK)) == TCP_SYN && flags & (FW_FLOW_CUT | FW_FLOW_REPLY);
}

/*
 * A connection that access rules no longer allow. One of TCP is remembered for as long as it is tried, or its next packet would be taken
 * for the first of another connection, the other way round perhaps; of everything else any packet may be a first one.
 */
static __always_inline int cut(struct __sk_buff *skb, struct packet *p, struct place *at, struct fw_flow *flow, struct fw_flow *row, __u32 reason)
{
	if (p->key.protocol == IPPROTO_TCP) {
		flow->rule = reason == FW_DROP_POLICY_OUT ? at->out_rule : at->in_rule;
		__sync_fetch_and_or(&flow->flags, FW_FLOW_CUT);
	} else {
		forget_flow(&p->key, row);
	}
	return drop(skb, p, at, reason);
}

__noinline int follow(struct __sk_buff *skb, struct packet *p, struct place *at, struct fw_flow *flow)
{
	__u32 zero = 0, epoch = current_epoch();
	struct followed *followed = bpf_map_lookup_elem(&rows, &zero);
	struct fw_flow *row;
	__u32 reason;

	if (!p || !at || !flow || !followed)
		return TC_ACT_SHOT;
	row = &followed->row;
	*row = *flow;
	if (!ends_are_the_same(row, at))
		goto stale;
	/* A SYN begins another connection over the same ports, whose caller may be the other side. */
	if (row->flags & (FW_FLOW_CUT | FW_FLOW_LOCAL) && is_new_call(p, row->flags))
		goto stale;
	if (row->epoch != epoch) {
		if (!still_allowed(skb, p, at, row))
			goto stale;
		reason = judge_again(p, at, row);
		if (reason) {
			flow->epoch = epoch;
			return cut(skb, p, at, flow, row, reason);
		}
		if (row->flags & FW_FLOW_CUT) {
			row->flags &= ~FW_FLOW_CUT;
			__sync_fetch_and_and(&flow->flags, ~FW_FLOW_CUT);
		}
		if (row->flags & FW_FLOW_PUBLISHED && !(row->flags & FW_FLOW_TO_PORT) && !lead_to_caller(skb, at, flow, row))
			goto stale;
		flow->epoch = epoch;
	}
	if (row->flags & FW_FLOW_CUT) {
		at->out_rule = row->rule;
		return drop(skb, p, at, FW_DROP_POLICY_OUT);
	}
	if (too_big(skb, p, row->mtu)) {
		own_address(&followed->own, p, at);
		return refuse_too_big(skb, p, at, &followed->own, row->mtu);
	}
	if (row->flags & FW_FLOW_LOCAL) {
		track(&p->key, flow, p);
		if (p->key.protocol == IPPROTO_TCP && is_over(skb, row, p))
			forget_flow(&p->key, row);
		return go_local(skb, p, at, row->flags, row->out);
	}
	if (p->ttl <= 1) {
		own_address(&followed->own, p, at);
		return refuse_expired(skb, p, at, &followed->own);
	}
	track(&p->key, flow, p);
	if (at->in_port)
		count_out(skb, at->in_port);
	if (rewrite(skb, p, row, true))
		return drop(skb, p, at, FW_DROP_NOT_DELIVERED);
	if (p->key.protocol == IPPROTO_TCP && is_over(skb, row, p))
		forget_flow(&p->key, row);
	return go(skb, p, at, row->flags, row->out);
stale:
	forget_flow(&p->key, row);
	return NOT_FOLLOWED;
}

/* The way of a packet that belongs to a connection, known or just opened. `key` is the packet's, where older kernels take it from. */
static __always_inline int follow_by(struct __sk_buff *skb, struct packet *p, struct place *at, struct fw_flow_key *key)
{
	struct fw_flow *flow = has_ports(p) ? find_flow(key) : NULL;

	return flow ? follow(skb, p, at, flow) : NOT_FOLLOWED;
}

static __always_inline int follow_known(struct __sk_buff *skb, struct packet *p, struct place *at)
{
	return follow_by(skb, p, at, &p->key);
}

/* Too large for the stack. */
struct error_scratch {
	struct packet quoted;
	struct fw_flow row;
	struct fw_flow outer;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct error_scratch);
} error_scratches SEC(".maps");

/* An ICMP error about a packet of a known connection. */
__noinline int follow_error(struct __sk_buff *skb, struct packet *p, struct place *at)
{
	struct fw_network *network;
	struct fw_port *port;
	__u32 zero = 0;
	struct error_scratch *scratch = bpf_map_lookup_elem(&error_scratches, &zero);
	struct fw_flow *flow;

	if (!p || !at || !scratch)
		return NOT_FOLLOWED;
	__builtin_memset(scratch, 0, sizeof(*scratch));
	/* An error goes to whoever sent what it quotes; one to somebody else is only passing by. */
	if (!read_quoted(skb, p, &scratch->quoted) || !same_address(&p->key.destination, &scratch->quoted.key.destination))
		return NOT_FOLLOWED;
	flow = bpf_map_lookup_elem(&flows, &scratch->quoted.key);
	if (!flow)
		return NOT_FOLLOWED;
	scratch->row = *flow;
	if (!ends_are_the_same(&scratch->row, at))
		return NOT_FOLLOWED;
	if (scratch->row.flags & FW_FLOW_CUT)
		return drop(skb, p, at, FW_DROP_INVALID_STATE);
	if (scratch->row.flags & FW_FLOW_LOCAL)
		return go_local(skb, p, at, scratch->row.flags, scratch->row.out);
	if (p->ttl <= 1)
		return drop(skb, p, at, FW_DROP_TTL_EXPIRED);
	/* The ICMP header itself has no ports. An end of the connection speaks for the address the other end knows it by. */
	scratch->outer.source = scratch->row.source;
	scratch->outer.destination = scratch->row.destination;
	if (!at->in_port && !same_address(&p->key.source, &scratch->quoted.key.source)) {
		port = port_row(at->out_port);
		network = port ? network_row(port->network) : NULL;
		if (!network)
			return TC_ACT_SHOT;
		/* A router on the way speaks for itself, also from an address nobody has a route to. One beyond its link, where its address
		 * means nothing, is spoken for by the gateway. */
		scratch->outer.source = is_link_local6(&p->key.source) ? network->gateway6 : p->key.source;
		if (!is_link_local6(&p->key.source) &&
		    is_borrowed(&p->key.source, route_of(skb, &p->key.destination, &p->key.source, network->host_ifindex)))
			return drop(skb, p, at, FW_DROP_SOURCE_ADDRESS);
	}
	if (rewrite_quoted(skb, p, &scratch->quoted, &scratch->row) || rewrite(skb, p, &scratch->outer, true))
		return drop(skb, p, at, FW_DROP_NOT_DELIVERED);
	if (at->in_port)
		count_out(skb, at->in_port);
	return go(skb, p, at, scratch->row.flags, scratch->row.out);
}

#endif
