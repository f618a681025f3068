/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * What the host's other devices receive: answers to translated connections and callers of publications are taken out; everything
 * else is the host's own and goes on untouched.
 */
#ifndef FAIRWAY_UPLINK_H
#define FAIRWAY_UPLINK_H

#include "fragment.h"
#include "open.h"
#include "stations.h"

static __always_inline int from_uplink_ip(struct __sk_buff *skb, struct packet *p, struct place *at)
{
	struct fw_publication *publication;
	__u32 reason;
	int action;

	if (is_fragment(p) && !know_fragment(p, at->in_port))
		return pass(skb);
	action = follow_known(skb, p, at);
	if (action != NOT_FOLLOWED)
		return action;
	if (p->marks & PACKET_ICMP_ERROR) {
		action = follow_error(skb, p, at);
		return action == NOT_FOLLOWED ? pass(skb) : action;
	}
	if (p->key.protocol != IPPROTO_TCP && p->key.protocol != IPPROTO_UDP)
		return pass(skb);
	/* A loopback address on the wire is a forgery, and what is published there is for the host's own processes. */
	if (is_loopback(&p->key.destination) || is_unspecified(&p->key.destination))
		return pass(skb);
	at->epoch = current_epoch();
	publication = find_publication(&p->key.destination, p->key.destination_port, p->key.protocol);
	if (!publication || publication->flags & FW_PUBLICATION_INTERNAL)
		return pass(skb);
	if (is_for_host_socket(skb, p))
		return pass(skb);
	reason = admit(p, at, publication);
	return reason ? drop(skb, p, at, reason) : conclude(skb, p, at, open_published(skb, p, at, publication));
}

static __always_inline int handle_from_uplink(struct __sk_buff *skb, __u32 kind)
{
	struct packet p = { .l3 = kind == FW_UPLINK_RAW ? 0 : ETH_HLEN, .from = FROM_WIRE };
	struct place at = {};
	int action;

	if (kind == FW_UPLINK_SHARED) {
		action = from_outsider(skb, &p, &at);
		if (action == POLICED)
			return handle_local(skb, &p, &at);
		if (action != NOT_FOLLOWED)
			return action;
		__builtin_memset(&p, 0, sizeof(p));
		__builtin_memset(&at, 0, sizeof(at));
		p.l3 = ETH_HLEN;
	}
	p.ether_type = bpf_ntohs(skb->protocol);
	if ((p.ether_type != ETH_P_IP && p.ether_type != ETH_P_IPV6) || skb->pkt_type != PACKET_HOST_TYPE || skb->vlan_present)
		return pass(skb);
	if (!parse(skb, &p) || p.marks & PACKET_GROUP)
		return pass(skb);
	return from_uplink_ip(skb, &p, &at);
}

#endif
