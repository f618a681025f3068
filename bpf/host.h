/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* What the host sends into a network, seen at the egress of its vNIC there. */
#ifndef FAIRWAY_HOST_H
#define FAIRWAY_HOST_H

#include "local.h"

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
	if (!row || row->port >= FW_RESOLVER_PORT)
		return drop(skb, &p, &at, FW_DROP_NO_SUCH_ENDPOINT);
	port = port_row(row->port);
	if (!port || !(port->flags & FW_PORT_LIVE) || port->network != number)
		return drop(skb, &p, &at, FW_DROP_PORT_CLOSED);
	if (is_policed(port, network))
		return handle_local(skb, &p, &at);
	notice(skb, &p, &at);
	return to_port(skb, row->port, port, network->gateway_mac, false);
}

#endif
