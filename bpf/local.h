/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * Connections inside a network one of whose ends has access rules: between endpoints, with the host, with the resolver. They are
 * forwarded as they are, like those of ends without rules, and have rows in the flow table so that rules are asked once.
 */
#ifndef FAIRWAY_LOCAL_H
#define FAIRWAY_LOCAL_H

#include "follow_error.h"
#include "fragment.h"
#include "open.h"

/*
 * Who called whom, of a TCP packet that belongs to no known connection: rules may be younger than the connection. An answer tells by its
 * flags; in the middle of a stream the side with the higher port is taken for the caller.
 */
static __always_inline bool is_from_caller(const struct packet *p)
{
	if (p->key.protocol != IPPROTO_TCP)
		return true;
	if (p->tcp_flags & TCP_SYN)
		return !(p->tcp_flags & TCP_ACK);
	return bpf_ntohs(p->key.source_port) >= bpf_ntohs(p->key.destination_port);
}

/* Asks the rules of both ends about a packet from one port (0: the host, or another one) to another; an answer is judged as what it answers. */
static __always_inline __u32 judge_local(const struct packet *p, struct place *at, bool caller)
{
	struct judging *j = judge_packet(p);
	__u32 from = caller ? at->in_port : at->out_port, to = caller ? at->out_port : at->in_port;
	__u32 reason = FW_DROP_NONE;

	if (!j)
		return FW_DROP_POLICY_OUT;
	if (!caller) {
		j->tuple.source = p->key.destination;
		j->tuple.destination = p->key.source;
		j->tuple.source_port = p->key.destination_port;
		j->tuple.destination_port = p->key.source_port;
	}
	if (from) {
		if (judge(from, FW_DIRECTION_OUT) != ALLOWED)
			reason = FW_DROP_POLICY_OUT;
		at->out_rule = j->rule;
	}
	if (!reason && to)
		reason = judge_in(j, to, at);
	return reason;
}

static __always_inline __u16 mtu_of(__u32 number)
{
	struct fw_network *network = network_row(number);

	return network ? network->mtu : 0;
}

/* Where the packets of a row go. What stays on this host is as large as its sender likes. */
static __always_inline void lead_local(struct fw_flow *row, __u32 from, __u32 to, __u32 network, bool remote)
{
	struct fw_port *port;

	row->flags = FW_FLOW_LOCAL | (to ? FW_FLOW_TO_PORT : remote ? FW_FLOW_TO_REMOTE : FW_FLOW_TO_HOST);
	row->in_port = from;
	if (from) {
		port = port_row(from);
		row->in_generation = port ? port->generation : 0;
	}
	row->out = to ? to : network;
	if (to) {
		port = port_row(to);
		row->out_generation = port ? port->generation : 0;
	} else if (remote) {
		row->mtu = mtu_of(network);
	}
}

/* Enters both directions of a connection that may be. */
__noinline int open_local(struct __sk_buff *skb, struct packet *p, struct place *at)
{
	struct opening *o;
	__u32 reason;
	bool caller;
	int error;

	if (!p || !at)
		return TC_ACT_SHOT;
	at->epoch = current_epoch();
	caller = is_from_caller(p);
	reason = judge_local(p, at, caller);
	if (reason)
		return drop(skb, p, at, reason);
	if (p->key.protocol == IPPROTO_TCP && p->tcp_flags & TCP_RST)
		return drop(skb, p, at, FW_DROP_INVALID_STATE);
	o = new_opening(p);
	if (!o)
		return TC_ACT_SHOT;
	lead_local(&o->forward, at->in_port, at->out_port, at->network, p->from == FROM_TUNNEL);
	lead_local(&o->reply, at->out_port, at->in_port, at->network, p->from == FROM_TUNNEL);
	/* The row of this packet's direction is `forward`, whoever called. */
	if (caller)
		o->reply.flags |= FW_FLOW_REPLY;
	else
		o->forward.flags |= FW_FLOW_REPLY;
	o->forward.source = p->key.source;
	o->forward.destination = p->key.destination;
	o->forward.source_port = p->key.source_port;
	o->forward.destination_port = p->key.destination_port;
	o->forward.twin_scope = p->key.scope;
	o->reply.source = p->key.destination;
	o->reply.destination = p->key.source;
	o->reply.source_port = p->key.destination_port;
	o->reply.destination_port = p->key.source_port;
	o->reply.twin_scope = p->key.scope;
	twin_key(&o->reply_key, &p->key, &o->forward);
	o->forward.owner = caller ? at->in_port : at->out_port;
	if (!o->forward.owner)
		o->forward.owner = caller ? at->out_port : at->in_port;
	o->reply.owner = o->forward.owner;
	o->forward.epoch = at->epoch;
	o->reply.epoch = at->epoch;
	o->forward.seen = seconds();
	o->reply.seen = o->forward.seen;
	reason = take_place(o->forward.owner);
	if (reason)
		return drop(skb, p, at, reason);
	o->other_key = p->key;
	error = bpf_map_update_elem(&flows, &o->other_key, &o->forward, BPF_NOEXIST);
	if (!error)
		error = bpf_map_update_elem(&flows, &o->reply_key, &o->reply, BPF_ANY);
	if (error) {
		uncount(o->forward.owner, false);
		/* Another CPU entered the same connection, or the table is full. */
		if (error != E_EXISTS) {
			bpf_map_delete_elem(&flows, &o->other_key);
			return drop(skb, p, at, FW_DROP_FLOW_TABLE_FULL);
		}
	} else if (watched()) {
		send_event(skb, p, at, FW_EVENT_FLOW, FW_DROP_NONE);
	}
	return OPENED;
}

/* What has no connection: ICMP that is neither echo nor an error about a known one. Asked about packet by packet. */
static __always_inline int pass_local(struct __sk_buff *skb, struct packet *p, struct place *at)
{
	__u32 reason = judge_local(p, at, true);
	struct fw_network *network = network_row(at->network);

	if (reason)
		return drop(skb, p, at, reason);
	if (!network)
		return TC_ACT_SHOT;
	notice(skb, p, at);
	return go_local(skb, p, at, at->out_port ? FW_FLOW_TO_PORT : p->from == FROM_TUNNEL ? FW_FLOW_TO_REMOTE : FW_FLOW_TO_HOST, at->out_port ? at->out_port : at->network);
}

#define POLICED	(-3)	/* besides the actions of a program: it stays inside, and access rules have a say */

/* A packet between at->in_port and at->out_port (0: the host, or another one), one of which has rules, or their network. */
__noinline int handle_local(struct __sk_buff *skb, struct packet *p, struct place *at)
{
	__u32 zero = 0;
	struct opening *o = bpf_map_lookup_elem(&openings, &zero);
	int action;

	if (!p || !at || !o)
		return TC_ACT_SHOT;
	if (is_fragment(p) && !know_fragment(p, at->in_port))
		return drop(skb, p, at, FW_DROP_UNKNOWN_FRAGMENT);
	o->other_key = p->key;
	action = follow_by(skb, p, at, &o->other_key);
	if (action != NOT_FOLLOWED)
		return action;
	if (p->marks & PACKET_ICMP_ERROR) {
		action = follow_error(skb, p, at);
		if (action != NOT_FOLLOWED)
			return action;
	}
	if (!has_ports(p))
		return pass_local(skb, p, at);
	action = open_local(skb, p, at);
	if (action == OPENED)
		action = follow_by(skb, p, at, &o->other_key);
	return action == NOT_FOLLOWED ? drop(skb, p, at, FW_DROP_STALE_FLOW) : action;
}

#endif
