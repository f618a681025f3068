/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * Networks whose endpoints are stations of the LAN behind an uplink. The uplink stays the host's: the host is one more station of the LAN,
 * known by the uplink's MAC, and what is for it enters the uplink as if it had been received there.
 */
#ifndef FAIRWAY_SEGMENT_H
#define FAIRWAY_SEGMENT_H

#include "deliver.h"

/* Copies made in a second for what one endpoint sends to all, and for what comes from outside; one takes 1 to 2 us. */
#define FLOODS_OF_PORT		4096
#define FLOODS_OF_WIRE		20480

/* The source an endpoint sees on what comes from outside the switch: its sender's, unless it knows everybody by the gateway's MAC. */
static __always_inline const __u8 *mac_towards(const struct fw_network *network)
{
	return (network->flags & (FW_NETWORK_SEGMENT | FW_NETWORK_HAIRPIN)) == FW_NETWORK_SEGMENT ? NULL : network->gateway_mac;
}

/* The port that has a MAC on a segment, or 0. */
static __always_inline __u32 station_of(__u32 network, const __u8 *mac)
{
	struct fw_address_key key = { .network = network, .address.word = { 0xffffffff, 0xffffffff } };
	struct fw_address_row *row;

	__builtin_memcpy((__u8 *)&key.address + 10, mac, 6);
	row = bpf_map_lookup_elem(&addresses, &key);
	return row ? row->port : 0;
}

static __always_inline struct fw_port *live_port(__u32 number, __u32 network)
{
	struct fw_port *port = port_row(number);

	return port && port->flags & FW_PORT_LIVE && port->network == network ? port : NULL;
}

/* Whether one of two endpoints exchanges nothing with others. The resolver is none. */
static __always_inline bool are_apart(const struct fw_port *a, const struct fw_port *b)
{
	return (a->flags | b->flags) & FW_PORT_APART && !((a->flags | b->flags) & FW_PORT_RESOLVER);
}

static __always_inline __u32 vlan_of(const struct __sk_buff *skb)
{
	return skb->vlan_present ? skb->vlan_tci & 0x0fff : 0;
}

static __always_inline bool tag(struct __sk_buff *skb, const struct fw_network *network)
{
	return !network->vlan || !bpf_skb_vlan_push(skb, bpf_htons(ETH_P_8021Q), network->vlan);
}

/* Endpoints see no tags; one that says nothing but a priority goes too. */
static __always_inline bool untag(struct __sk_buff *skb)
{
	return !skb->vlan_present || !bpf_skb_vlan_pop(skb);
}

/* To the next hop of the packet's family, resolved by the host. */
static __always_inline int to_next_hop(struct __sk_buff *skb, const struct fw_network *network)
{
	struct bpf_redir_neigh hop = {};

	if (skb->protocol == bpf_htons(ETH_P_IP)) {
		hop.nh_family = AF_INET;
		hop.ipv4_nh = network->gateway4.word[3];
	} else {
		hop.nh_family = AF_INET6;
		__builtin_memcpy(hop.ipv6_nh, &network->gateway6, 16);
	}
	set_verdict(skb, VERDICT_UPLINK, network->uplink);
	return bpf_redirect_neigh(network->uplink, &hop, sizeof(hop), 0);
}

/* Out of the uplink, or into the host by it, as the frame is addressed. */
__noinline int to_segment(struct __sk_buff *skb, __u32 number)
{
	struct fw_network *network = network_row(number);
	struct ethhdr *eth = frame(skb);

	if (!network || (void *)(eth + 1) > frame_end(skb))
		return TC_ACT_SHOT;
	if (network->flags & FW_NETWORK_HAIRPIN)
		return to_next_hop(skb, network);
	if (same_mac(eth->h_dest, network->uplink_mac)) {
		if (!tag(skb, network))
			return TC_ACT_SHOT;
		set_verdict(skb, VERDICT_HOST, number);
		return bpf_redirect(network->uplink, BPF_F_INGRESS);
	}
	if (network->flags & FW_NETWORK_ONE_MAC)
		__builtin_memcpy(eth->h_source, network->uplink_mac, ETH_ALEN);
	if (!tag(skb, network))
		return TC_ACT_SHOT;
	set_verdict(skb, VERDICT_UPLINK, network->uplink);
	return bpf_redirect(network->uplink, 0);
}

/* Whether so many copies more may be made in this second. `payer` is a port, or FW_RESOLVER_PORT + network. */
static __always_inline bool may_flood(__u32 payer, __u32 copies)
{
	struct fw_flood *flood = bpf_map_lookup_elem(&floods, &payer);
	__u32 now = bpf_ktime_get_coarse_ns() / 1000000000ull;

	if (!flood)
		return false;
	if (flood->second != now) {
		flood->second = now;
		flood->copies = 0;
	}
	return __sync_fetch_and_add(&flood->copies, copies) < (payer < FW_RESOLVER_PORT ? FLOODS_OF_PORT : FLOODS_OF_WIRE);
}

struct flooding {
	struct __sk_buff *skb;
	struct fw_members *members;
	__u32 network;
	__u32 except;
	__u32 copies;
};

static long flood_one(__u32 index, struct flooding *f)
{
	__u32 number = f->members->ports[index & (FW_MAX_MEMBERS - 1)];
	struct fw_port *port = live_port(number, f->network);

	/* Nobody asks the rules of each receiver: who has some gets nothing that is not addressed to it. */
	if (!port || number == f->except || port->flags & FW_PORT_POLICED || (f->except && port->flags & FW_PORT_APART))
		return 0;
	if (!bpf_clone_redirect(f->skb, port->ifindex, 0))
		count_in(f->skb, number);
	f->copies++;
	return 0;
}

/* Copies a frame to all endpoints of a segment but one. Below 0 when there is no place for it. */
__noinline int flood(struct __sk_buff *skb, __u32 number, __u32 except)
{
	struct fw_network *network = network_row(number);
	struct flooding f = { .skb = skb, .network = number, .except = except };
	__u32 payer = except ? except : FW_RESOLVER_PORT + number;

	f.members = bpf_map_lookup_elem(&members, &number);
	if (!f.members || !network)
		return 0;
	if (!may_flood(payer, f.members->count))
		return -1;
	if (network->flags & FW_NETWORK_POLICED)
		return 0;
	bpf_loop(f.members->count & (FW_MAX_MEMBERS * 2 - 1), flood_one, &f, 0);
	return f.copies;
}

#endif
