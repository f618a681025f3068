/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* How packets leave a network: as the network has it, or as the endpoint's own ways have it (translation, next hops). */
#ifndef FAIRWAY_WAY_H
#define FAIRWAY_WAY_H

#include "deliver.h"
#include "publication.h"
#include "segment.h"

#define WAY_OUT	(FW_WAY_TRANSLATED | FW_WAY_UNTRANSLATED)
#define NO_HOP	(-1)	/* besides the actions of a program */

/* Fills in how a port's packets leave towards a destination, and gives the flags. */
__noinline __u32 find_way(__u32 number, const struct fw_address *destination, struct fw_way *way)
{
	struct fw_port *port = port_row(number);
	struct fw_way_key key = { .bits = WHOLE_ADDRESS };
	struct fw_network *network;
	struct fw_way *row;

	if (!destination || !way)
		return 0;
	__builtin_memset(way, 0, sizeof(*way));
	network = port ? network_row(port->network) : NULL;
	if (!network)
		return 0;
	if (network->flags & FW_NETWORK_NAT)
		way->flags = FW_WAY_TRANSLATED;
	if (!port->ways)
		return way->flags;
	key.set = bpf_htonl(port->ways);
	key.address = *destination;
	row = bpf_map_lookup_elem(&ways, &key);
	if (row)
		*way = *row;
	return way->flags;
}

/* The device as whose packet the host is asked for a route: only one that forwards is answered. */
static __always_inline __u32 inside_of(const struct fw_network *network)
{
	return network->host_ifindex ? network->host_ifindex : network->uplink;
}

/* Whether a connection that left with `source` would leave with it now. */
static __always_inline bool leaves_with(const struct fw_way *way, const struct fw_address *own, const struct fw_address *source)
{
	if (way->flags & FW_WAY_UNTRANSLATED)
		return same_address(source, own);
	if (!(way->flags & FW_WAY_TRANSLATED))
		return false;
	return no_address(&way->source) ? is_host_address(source) : same_address(source, &way->source);
}

/* Out of the host by the next hop that a port's ways tell, if they do. */
__noinline int by_hop(struct __sk_buff *skb, const struct packet *p, const struct place *at, __u32 ifindex)
{
	struct bpf_redir_neigh hop = {};
	struct fw_way way;

	if (!p || !at || !(find_way(at->in_port, &p->key.destination, &way) & FW_WAY_HOP))
		return NO_HOP;
	if (p->version == 4) {
		hop.nh_family = AF_INET;
		hop.ipv4_nh = way.next_hop.word[3];
	} else {
		hop.nh_family = AF_INET6;
		__builtin_memcpy(hop.ipv6_nh, &way.next_hop, 16);
	}
	set_verdict(skb, VERDICT_UPLINK, ifindex);
	skb->cb[2] = way.next_hop.word[3];
	return bpf_redirect_neigh(ifindex, &hop, sizeof(hop), 0);
}

/* Out of a segment as the frame is addressed, or by the next hop that the endpoint has for it. The host is a station itself. */
__noinline int leave_segment(struct __sk_buff *skb, const struct packet *p, const struct place *at)
{
	struct fw_network *network = at ? network_row(at->network) : NULL;
	int action;

	if (!p || !network)
		return TC_ACT_SHOT;
	if (p->marks & PACKET_OWN_WAYS && at->in_port && !is_host_address(&p->key.destination)) {
		action = by_hop(skb, p, at, network->uplink);
		if (action != NO_HOP)
			return action;
	}
	return to_segment(skb, at->network);
}

/* Out of the host what an endpoint sent to the outside: on a segment to whom it sent the frame, unless that is the host, who then routes. */
__noinline int leave_host(struct __sk_buff *skb, const struct place *at, __u32 ifindex, __u32 no_mac)
{
	struct fw_network *network = at && at->in_port ? network_row(at->network) : NULL;
	struct ethhdr *eth = frame(skb);

	if (network && network->flags & FW_NETWORK_SEGMENT && (void *)(eth + 1) <= frame_end(skb) && !same_mac(eth->h_dest, network->uplink_mac))
		return to_segment(skb, at->network);
	return by_uplink(skb, ifindex, no_mac);
}

/* Whether what an endpoint on a segment sends is translated, in place of going out as the frame it is. The host is on the segment itself. */
__noinline int is_translated_station(const struct packet *p, const struct place *at)
{
	struct fw_way way;

	if (!p || !at || !(find_way(at->in_port, &p->key.destination, &way) & FW_WAY_TRANSLATED))
		return 0;
	return !is_host_address(&p->key.destination);
}

#endif
