/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* A packet of a known connection. */
#ifndef FAIRWAY_FOLLOW_H
#define FAIRWAY_FOLLOW_H

#include "again.h"
#include "icmp.h"
#include "remote.h"
#include "segment.h"

#define NOT_FOLLOWED	(-1)

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

/* Gives a frame the MAC that its source has. 0 when there is no such source any more. */
__noinline int wear_mac(struct __sk_buff *skb, __u32 network, const struct fw_address *source)
{
	__u32 number = source ? find_source(network, source) : 0;
	struct fw_port *port = number ? port_row(number) : NULL;
	struct ethhdr *eth = frame(skb);

	if (!port || (void *)(eth + 1) > frame_end(skb))
		return 0;
	__builtin_memcpy(eth->h_source, port->mac, ETH_ALEN);
	return 1;
}

/* To a backend on another host, rewritten. Who called from outside of its network stands in for a source there. */
static __always_inline int go_remote(struct __sk_buff *skb, struct packet *p, struct place *at, const struct fw_flow *row)
{
	at->network = row->out;
	if (row->flags & FW_FLOW_SOURCED) {
		if (!p->l3 && !add_link_layer(skb, p))
			return drop(skb, p, at, FW_DROP_NOT_DELIVERED);
		if (!wear_mac(skb, row->out, &row->source))
			return drop(skb, p, at, FW_DROP_PORT_CLOSED);
	}
	p->key.destination = row->destination;
	return to_remote(skb, p, at);
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
	if (flags & FW_FLOW_TO_HOST) {
		network = network_row(out);
		return network ? to_host(skb, out, network) : TC_ACT_SHOT;
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
		if (row->flags & FW_FLOW_PUBLISHED && !(row->flags & (FW_FLOW_TO_PORT | FW_FLOW_TO_REMOTE | FW_FLOW_TO_HOST)) && !lead_to_caller(skb, at, flow, row))
			goto stale;
		flow->epoch = epoch;
	}
	if (row->flags & FW_FLOW_CUT) {
		at->out_rule = row->rule;
		return drop(skb, p, at, FW_DROP_POLICY_OUT);
	}
	/* A backend on another host that is not there any more. */
	if (!(row->flags & FW_FLOW_LOCAL) && row->flags & FW_FLOW_TO_REMOTE && !is_remote(row->out, &row->destination))
		goto stale;
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
	if (row->flags & FW_FLOW_TO_REMOTE)
		return go_remote(skb, p, at, row);
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

#endif
