/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Whether a connection may go on: asked once an epoch, of everything that let it begin. */
#ifndef FAIRWAY_AGAIN_H
#define FAIRWAY_AGAIN_H

#include "flow.h"
#include "policy.h"
#include "publication.h"
#include "route.h"
#include "way.h"

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

/* The port of the source that has an address, or 0. */
__noinline __u32 find_source(__u32 network, const struct fw_address *address)
{
	struct fw_address_key key = { .network = network };
	struct fw_address_row *row;
	struct fw_port *port;

	if (!address)
		return 0;
	key.address = *address;
	row = bpf_map_lookup_elem(&addresses, &key);
	port = row ? port_row(row->port) : NULL;
	return port && port->flags & FW_PORT_SOURCE ? row->port : 0;
}

/* Whether a connection that was given the address of a source would be given it now. */
static __always_inline bool has_source(const struct fw_publication *publication, const struct fw_flow *flow, const struct fw_address *source)
{
	return !(flow->flags & FW_FLOW_SOURCED) || (publication->flags & FW_PUBLICATION_SOURCED && same_address(&publication->target, source));
}

/* Whether the publication a connection came in by still lets it in. Its backend and translation are kept. */
__noinline int is_still_published(const struct packet *p, const struct fw_flow *flow)
{
	struct fw_publication *publication;

	if (!p || !flow)
		return 0;
	if (flow->flags & FW_FLOW_REPLY) {
		publication = find_publication(&flow->source, flow->source_port, p->key.protocol);
		return publication && publication->number == flow->publication && admits(publication, &flow->destination) &&
		       has_source(publication, flow, &p->key.destination);
	}
	publication = find_publication(&p->key.destination, p->key.destination_port, p->key.protocol);
	return publication && publication->number == flow->publication && admits(publication, &p->key.source) && has_source(publication, flow, &flow->source);
}

/* Whether the rules that let the connection in still do. */
static __always_inline bool still_allowed(struct __sk_buff *skb, const struct packet *p, const struct place *at, const struct fw_flow *flow)
{
	if (flow->flags & FW_FLOW_LOCAL)
		return true;
	/* One that a socket of the host was led to, as to a backend of this host: it goes on while its source is one. */
	if ((flow->flags & (FW_FLOW_SOURCED | FW_FLOW_PUBLISHED)) == FW_FLOW_SOURCED)
		return find_source(at->network, flow->flags & FW_FLOW_REPLY ? &p->key.destination : &flow->source);
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
	ifindex = route_of(skb, &row->source, &row->destination, inside_of(network));
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

#endif
