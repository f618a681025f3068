/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Later fragments carry no ports: the first one of their datagram leaves them here. */
#ifndef FAIRWAY_FRAGMENT_H
#define FAIRWAY_FRAGMENT_H

#include "packet.h"

struct fragment_key {
	struct fw_address source;
	struct fw_address destination;
	__u32 scope;
	__u32 identification;
	__u32 protocol;
	__u32 in_port;	/* endpoints behind one load balancer may send from the same address to the same caller */
};

struct fragment_ports {
	__be16 source;
	__be16 destination;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 8192);
	__type(key, struct fragment_key);
	__type(value, struct fragment_ports);
} fragments SEC(".maps");

/* False for a later fragment whose first one has not passed. */
__noinline int know_fragment(struct packet *p, __u32 in_port)
{
	struct fragment_key key = {};
	struct fragment_ports ports, *known;

	if (!p)
		return 0;
	key.source = p->key.source;
	key.destination = p->key.destination;
	key.scope = p->key.scope;
	key.identification = p->fragment;
	key.protocol = p->key.protocol;
	key.in_port = in_port;
	if (p->marks & PACKET_FIRST_FRAGMENT) {
		if (!has_ports(p))
			return 1;
		ports.source = p->key.source_port;
		ports.destination = p->key.destination_port;
		bpf_map_update_elem(&fragments, &key, &ports, BPF_ANY);
		return 1;
	}
	known = bpf_map_lookup_elem(&fragments, &key);
	if (!known)
		return 0;
	p->key.source_port = known->source;
	p->key.destination_port = known->destination;
	return 1;
}

#endif
