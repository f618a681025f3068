/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * The short way in for what another host's endpoint sent: the packet is unwrapped where the uplink receives it, and goes straight to its
 * endpoint. The long way leads through the host's IP, its firewall, UDP, the VXLAN device and that device's own queue (from_tunnel):
 * docs/design/performance.md has what it costs. What does not look exactly as below takes the long way, and so does everything when the program
 * has not been entered in `programs`.
 *
 * A packet on the short way overtakes those that still stand in the VXLAN device's queue. So as not to mix up connections that send big
 * segments and small ones, all of a CPU take the long way for some milliseconds after one had to.
 *
 *	RFC 7348:
 *	 0              14        34       42         46        50               64
 *	 | Ethernet     | IPv4    | UDP    | 08 00... | VNI 00  | Ethernet       | IPv4 packet
 *	 | of the hosts | 20, no options   | flags    | 24 bits | the endpoints' |
 */
#ifndef FAIRWAY_UNDERLAY_H
#define FAIRWAY_UNDERLAY_H

#include <linux/udp.h>
#include "remote.h"

#define VXLAN_FLAGS	0x08000000	/* the VNI is valid; nothing else is said */
#define IPV4_OPTIONLESS	0x45
#define IPV4_FRAGMENT	0x3fff		/* more of them, or not the first */
#define ECN_MASK	3
#define ECN_CE		3		/* congestion seen on the way: the VXLAN device tells the endpoint (RFC 6040) */

struct wrapped {
	struct ethhdr outer;
	struct iphdr ip;
	struct udphdr udp;
	__be32 flags;
	__be32 vni;
	struct ethhdr inner;
} __attribute__((packed, aligned(2)));

/* A tick or two: the queue is drained in the same turn of the soft interrupt, or in the next of its thread. */
#define LONG_WAY_NS	(8 * 1000 * 1000)

#define WRAPPING	(sizeof(struct wrapped) - sizeof(struct ethhdr))

/* The headers, when they can be taken off here, or NULL. */
static __always_inline struct wrapped *unwrappable(struct __sk_buff *skb)
{
	struct wrapped *w = frame(skb);

	if (skb->protocol != bpf_htons(ETH_P_IP) || skb->vlan_present || skb->pkt_type != PACKET_HOST_TYPE)
		return NULL;
	if ((void *)(w + 1) > frame_end(skb))
		return NULL;
	if (*(__u8 *)&w->ip != IPV4_OPTIONLESS || w->ip.protocol != IPPROTO_UDP || w->ip.frag_off & bpf_htons(IPV4_FRAGMENT) || (w->ip.tos & ECN_MASK) == ECN_CE)
		return NULL;
	/* The same family within and without: the kernel's idea of the packet's family cannot be changed in Linux 6.1. */
	if (w->flags != bpf_htonl(VXLAN_FLAGS) || w->vni & bpf_htonl(0xff) || w->inner.h_proto != bpf_htons(ETH_P_IP) || w->inner.h_dest[0] & 1)
		return NULL;
	return w;
}

static __always_inline __u32 *network_within(const struct wrapped *w)
{
	struct fw_virtual_subnet_key key = { .id = bpf_ntohl(w->vni) >> 8, .port = bpf_ntohs(w->udp.dest) };

	return bpf_map_lookup_elem(&virtual_subnets, &key);
}

/* Whether a packet may overtake. Merged segments may not: what describes them to the kernel would have to be unwrapped with them. */
__noinline int is_alone(struct __sk_buff *skb)
{
	__u64 now = bpf_ktime_get_coarse_ns();
	__u32 zero = 0;
	__u64 *last = bpf_map_lookup_elem(&long_ways, &zero);

	if (!last)
		return 0;
	if (skb->gso_size) {
		*last = now;
		return 0;
	}
	return (__s64)(now - *last) > LONG_WAY_NS;
}

/* Goes over to from_tunnel(), which takes the wrapping off, if this is for it. */
static __always_inline void unwrap(struct __sk_buff *skb)
{
	struct wrapped *w = unwrappable(skb);

	if (w && network_within(w) && is_alone(skb))
		bpf_tail_call(skb, &programs, FW_PROGRAM_FROM_TUNNEL);
}

/* Takes the wrapping off and notes whose packet it is; false when it does not come off, and the packet is as it was. */
__noinline int read_wrapping(struct __sk_buff *skb, struct sender *sender, struct place *at)
{
	struct wrapped *w;
	struct fw_address local;
	struct ethhdr inner, *eth;
	__u32 *network;

	if (!sender || !at)
		return 0;
	w = unwrappable(skb);
	network = w ? network_within(w) : NULL;
	if (!network)
		return 0;
	at->network = *network;
	sender->virtual_subnet = bpf_ntohl(w->vni) >> 8;
	set_address4(&sender->provider, w->ip.saddr);
	set_address4(&local, w->ip.daddr);
	inner = w->inner;
	if (!is_host_address(&local) || (__u64)bpf_csum_diff(NULL, 0, (void *)w + ETH_HLEN, sizeof(w->ip), 0) % 0xffff)
		return 0;
	if (bpf_skb_adjust_room(skb, -(__s32)WRAPPING, BPF_ADJ_ROOM_MAC, 0))
		return 0;
	eth = frame(skb);
	if ((void *)(eth + 1) > frame_end(skb))
		return 0;
	*eth = inner;
	return 1;
}

#endif
