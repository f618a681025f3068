/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* ICMP errors about known connections: what they quote is translated with them. */
#ifndef FAIRWAY_FOLLOW_ERROR_H
#define FAIRWAY_FOLLOW_ERROR_H

#include "follow.h"

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
	/* Who speaks in the name of an address it was called by speaks for that one only. */
	if (p->from == FROM_CALLED && (scratch->row.flags & FW_FLOW_LOCAL || !same_address(&p->key.source, &scratch->quoted.key.source)))
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
	if (!at->in_port && !(scratch->row.flags & FW_FLOW_SOURCED) && !same_address(&p->key.source, &scratch->quoted.key.source)) {
		port = port_row(at->out_port);
		network = port ? network_row(port->network) : NULL;
		if (!network)
			return TC_ACT_SHOT;
		/* A router on the way speaks for itself, also from an address nobody has a route to. One beyond its link, where its address
		 * means nothing, is spoken for by the gateway; one beyond a source, where no address of the outside means anything, by the source. */
		scratch->outer.source = is_link_local6(&p->key.source) ? network->gateway6 : p->key.source;
		if (!is_link_local6(&p->key.source) &&
		    is_borrowed(&p->key.source, route_of(skb, &p->key.destination, &p->key.source, inside_of(network))))
			return drop(skb, p, at, FW_DROP_SOURCE_ADDRESS);
	}
	if (rewrite_quoted(skb, p, &scratch->quoted, &scratch->row) || rewrite(skb, p, &scratch->outer, true))
		return drop(skb, p, at, FW_DROP_NOT_DELIVERED);
	if (at->in_port)
		count_out(skb, at->in_port);
	if (scratch->row.flags & FW_FLOW_TO_REMOTE)
		return go_remote(skb, p, at, &scratch->row);
	return go(skb, p, at, scratch->row.flags, scratch->row.out);
}

#endif
