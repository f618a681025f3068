/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* What the host sends into a network, seen at the egress of its vNIC there. */
#ifndef FAIRWAY_HOST_H
#define FAIRWAY_HOST_H

#include "exchanged.h"
#include "local.h"

/* The publication that a socket of the host called, and was led from to whom the packet is for; NULL when it called the latter itself. */
static __always_inline struct fw_publication *called_by_socket(struct __sk_buff *skb, const struct packet *p)
{
	struct exchanged_key key = {
		.socket = bpf_get_socket_cookie(skb),
		.address = p->key.destination,
		.port = p->key.destination_port,
	};
	struct exchanged *asked = bpf_map_lookup_elem(&exchanged, &key);

	return asked ? find_publication(&asked->address, asked->port, p->key.protocol) : NULL;
}

/* Prepares the host's own call of a backend on another host, which it was led to at its socket: with the address of the load balancer's source. */
__noinline int open_to_remote(struct __sk_buff *skb, struct packet *p, struct place *at)
{
	struct fw_network *network = at ? network_row(at->network) : NULL;
	struct fw_publication *publication;
	struct opening *o;

	if (!p || !network || !has_ports(p))
		return NOT_FOLLOWED;
	publication = called_by_socket(skb, p);
	if (!publication || !is_sourced(publication, at, at->network))
		return NOT_FOLLOWED;
	o = new_opening(p);
	if (!o)
		return TC_ACT_SHOT;
	o->forward.flags = FW_FLOW_TO_REMOTE | FW_FLOW_SOURCED;
	o->forward.owner = publication->port;
	o->forward.out = at->network;
	o->forward.mtu = network->mtu;
	o->forward.source = publication->target;
	o->forward.destination = p->key.destination;
	o->forward.source_port = p->key.source_port;
	o->forward.destination_port = p->key.destination_port;
	o->forward.twin_scope = at->network;
	o->reply.flags = FW_FLOW_TO_HOST | FW_FLOW_SOURCED;
	o->reply.out = at->network;
	complete_reply(o, p);
	return OPENED;
}

/* What the host sends to an endpoint of another host: a known connection, or one that it called a load balancer for. */
__noinline int host_to_remote(struct __sk_buff *skb, struct packet *p, struct place *at)
{
	__u32 zero = 0;
	struct opening *o = bpf_map_lookup_elem(&openings, &zero);
	int action;

	if (!p || !at || !o)
		return TC_ACT_SHOT;
	if (is_fragment(p) && !know_fragment(p, at->in_port))
		return drop(skb, p, at, FW_DROP_UNKNOWN_FRAGMENT);
	at->epoch = current_epoch();
	o->other_key = p->key;
	action = follow_by(skb, p, at, &o->other_key);
	if (action == NOT_FOLLOWED && p->marks & PACKET_ICMP_ERROR)
		action = follow_error(skb, p, at);
	if (action != NOT_FOLLOWED)
		return action;
	action = open_to_remote(skb, p, at);
	if (action == OPENED)
		action = enter(skb, p, at);
	if (action == OPENED) {
		o->other_key = p->key;
		action = follow_by(skb, p, at, &o->other_key);
	}
	return action == NOT_FOLLOWED ? drop(skb, p, at, FW_DROP_NO_SUCH_ENDPOINT) : action;
}

static __always_inline int handle_to_endpoints(struct __sk_buff *skb, __u32 number)
{
	struct packet p = { .l3 = ETH_HLEN };
	struct place at = { .network = number };
	struct fw_network *network = network_row(number);
	struct fw_address_key target = { .network = number };
	struct fw_address_row *row;
	struct fw_port *port;
	struct ethhdr *eth = frame(skb);

	if ((void *)(eth + 1) > frame_end(skb))
		return drop(skb, &p, &at, FW_DROP_MALFORMED);
	p.ether_type = bpf_ntohs(eth->h_proto);
	p.key.scope = number;
	if (!network || !(network->flags & FW_NETWORK_LIVE))
		return drop(skb, &p, &at, FW_DROP_PORT_CLOSED);
	if (p.ether_type != ETH_P_IP && p.ether_type != ETH_P_IPV6)
		return drop(skb, &p, &at, FW_DROP_PROTOCOL);
	if (!parse(skb, &p))
		return drop(skb, &p, &at, FW_DROP_MALFORMED);
	if (p.marks & PACKET_GROUP) {
		/* The host's own multicast (mDNS, router solicitations) is not carried, and no news. */
		set_verdict(skb, VERDICT_DROP, FW_DROP_MULTICAST);
		return TC_ACT_SHOT;
	}
	target.address = p.key.destination;
	row = bpf_map_lookup_elem(&addresses, &target);
	if (row)
		at.out_port = row->port;
	/* It came in by another device and the host routes it here: nobody outside reaches an endpoint but by a publication. */
	if (skb->ingress_ifindex && skb->ingress_ifindex != skb->ifindex)
		return drop(skb, &p, &at, FW_DROP_UNPUBLISHED);
	if (!row && network->flags & FW_NETWORK_OVERLAY)
		return host_to_remote(skb, &p, &at);
	if (!row || row->port >= FW_RESOLVER_PORT)
		return drop(skb, &p, &at, FW_DROP_NO_SUCH_ENDPOINT);
	port = port_row(row->port);
	if (!port || !(port->flags & FW_PORT_LIVE) || port->network != number)
		return drop(skb, &p, &at, FW_DROP_PORT_CLOSED);
	if (port->flags & FW_PORT_SOURCE)
		return drop(skb, &p, &at, FW_DROP_NO_SUCH_ENDPOINT);
	if (is_policed(port, network))
		return handle_local(skb, &p, &at);
	notice(skb, &p, &at);
	return to_port(skb, row->port, port, network->gateway_mac, false);
}

#endif
