/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* The ways out of the switch. */
#ifndef FAIRWAY_DELIVER_H
#define FAIRWAY_DELIVER_H

#include "report.h"

#define AF_INET		2
#define AF_INET6	10

static __always_inline bool set_macs(struct __sk_buff *skb, const __u8 *destination, const __u8 *source)
{
	struct ethhdr *eth = frame(skb);

	if ((void *)(eth + 1) > frame_end(skb))
		return false;
	__builtin_memcpy(eth->h_dest, destination, ETH_ALEN);
	if (source)
		__builtin_memcpy(eth->h_source, source, ETH_ALEN);
	return true;
}

/* A device without a link-layer header hands over bare packets; endpoints want frames. */
static __always_inline bool add_link_layer(struct __sk_buff *skb, const struct packet *p)
{
	struct ethhdr *eth;

	if (bpf_skb_change_head(skb, ETH_HLEN, 0))
		return false;
	eth = frame(skb);
	if ((void *)(eth + 1) > frame_end(skb))
		return false;
	eth->h_proto = bpf_htons(p->ether_type);
	return true;
}

/*
 * To an endpoint. From an ingress hook a veth's peer can be entered directly, which skips the host side's queue; its own namespace
 * must not take the frame for somebody else's, and the host side's MAC is not the one it is addressed to.
 */
static __always_inline int to_port(struct __sk_buff *skb, __u32 number, const struct fw_port *port, const __u8 *source_mac, bool ingress)
{
	if (!set_macs(skb, port->mac, source_mac))
		return TC_ACT_SHOT;
	count_in(skb, number);
	set_verdict(skb, VERDICT_PORT, number);
	if (!ingress || port->flags & FW_PORT_LINK_LAYER)
		return bpf_redirect(port->ifindex, 0);
	if (skb->pkt_type != PACKET_HOST_TYPE)
		bpf_skb_change_type(skb, PACKET_HOST_TYPE);
	return bpf_redirect_peer(port->ifindex, 0);
}

/* To the host, through its vNIC on the network: what the host's firewall sees is a packet received there. */
static __always_inline int to_host(struct __sk_buff *skb, __u32 number, const struct fw_network *network)
{
	if (!set_macs(skb, network->gateway_mac, NULL))
		return TC_ACT_SHOT;
	set_verdict(skb, VERDICT_HOST, number);
	return bpf_redirect(network->host_ifindex, BPF_F_INGRESS);
}

/* Out of the host; the kernel resolves the next hop. */
static __always_inline int by_uplink(struct __sk_buff *skb, __u32 ifindex, bool no_mac)
{
	set_verdict(skb, VERDICT_UPLINK, ifindex);
	return no_mac ? bpf_redirect(ifindex, 0) : bpf_redirect_neigh(ifindex, NULL, 0, 0);
}

/* None of the switch's business. */
static __always_inline int pass(struct __sk_buff *skb)
{
	set_verdict(skb, VERDICT_PASS, 0);
	return TC_ACT_UNSPEC;
}

/* Back where it came from: an endpoint, by its port, or out of the uplink it came in by. */
static __always_inline int send_back(struct __sk_buff *skb)
{
	set_verdict(skb, VERDICT_ANSWER, skb->ifindex);
	return bpf_redirect(skb->ifindex, 0);
}

#endif
