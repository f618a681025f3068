/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* From the bytes of a frame to what the switch knows of it (packet.h). */
#ifndef FAIRWAY_PARSE_H
#define FAIRWAY_PARSE_H

#include "packet.h"

/*
 * Ports, TCP flags, ICMP identifier. Only what a packet is long enough for is read, and one too short for its protocol is malformed.
 *   TCP   | source | destination | sequence (4) | acknowledgement (4) | offset | flags | ...
 *   UDP   | source | destination | length | checksum |
 *   ICMP  | type | code | checksum | identifier | sequence |
 */
static __always_inline bool parse_transport(struct __sk_buff *skb, struct packet *p)
{
	__u8 head[14];

	switch (p->key.protocol) {
	case IPPROTO_TCP:
		if (bpf_skb_load_bytes(skb, p->l4, head, 14))
			return false;
		p->l4_length = head[12] >> 4 << 2;
		if (p->l4_length < sizeof(struct tcphdr) || p->l4 + p->l4_length > p->end)
			return false;
		p->key.source_port = *(__be16 *)head;
		p->key.destination_port = *(__be16 *)(head + 2);
		p->tcp_flags = head[13];
		return true;
	case IPPROTO_UDP:
		p->l4_length = sizeof(struct udphdr);
		if (p->l4 + sizeof(struct udphdr) > p->end || bpf_skb_load_bytes(skb, p->l4, head, 8))
			return false;
		p->key.source_port = *(__be16 *)head;
		p->key.destination_port = *(__be16 *)(head + 2);
		return true;
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		/* One of the other version is a protocol like any unknown one. */
		if (p->version != (p->key.protocol == IPPROTO_ICMP ? 4 : 6))
			return true;
		p->l4_length = sizeof(struct icmphdr);
		if (p->l4 + sizeof(struct icmphdr) > p->end || bpf_skb_load_bytes(skb, p->l4, head, 8))
			return false;
		p->icmp_type = head[0];
		p->icmp_code = head[1];
		if (p->version == 4 ? p->icmp_type == ICMP_ECHO || p->icmp_type == ICMP_ECHOREPLY
				    : p->icmp_type == ICMPV6_ECHO_REQUEST || p->icmp_type == ICMPV6_ECHO_REPLY) {
			p->marks |= PACKET_ECHO;
			p->key.source_port = *(__be16 *)(head + 4);
			p->key.destination_port = *(__be16 *)(head + 4);
		} else if (p->version == 4 ? is_icmp_error4(p->icmp_type) : p->icmp_type < 128) {
			p->marks |= PACKET_ICMP_ERROR;
		}
		return true;
	}
	return true;
}

/*
 * Walks the options of IPv4 or TCP: | type | length | ... |, or one byte for the first two types. Whether one of two is among them; below 0
 * when they are malformed.
 */
__noinline int find_option(struct __sk_buff *skb, __u32 offset, __u32 end, __u32 either, __u32 or)
{
	__u8 type, length;
	int i;

	for (i = 0; i < MAX_OPTIONS && offset < end; i++) {
		if (bpf_skb_load_bytes(skb, offset, &type, 1))
			return -1;
		if (type == either || type == or)
			return 1;
		if (type == OPTION_END)
			return 0;
		if (type == OPTION_NOTHING) {
			offset++;
			continue;
		}
		if (bpf_skb_load_bytes(skb, offset + 1, &length, 1) || length < 2)
			return -1;
		offset += length;
	}
	return offset <= end ? 0 : -1;
}

static __always_inline bool parse4(struct __sk_buff *skb, struct packet *p)
{
	struct iphdr ip;
	__u32 header, total;

	if (bpf_skb_load_bytes(skb, p->l3, &ip, sizeof(ip)))
		return false;
	header = ip.ihl * 4;
	total = bpf_ntohs(ip.tot_len);
	/* A length of 0 is a segment of more than 64 KiB that the kernel has yet to cut. */
	if (!total && skb->gso_size)
		total = skb->len - p->l3;
	if (ip.version != 4 || header < sizeof(ip) || total < header || p->l3 + total > skb->len)
		return false;
	p->version = 4;
	p->l4 = p->l3 + header;
	p->end = p->l3 + total;
	p->ttl = ip.ttl;
	p->key.protocol = ip.protocol;
	set_address4(&p->key.source, ip.saddr);
	set_address4(&p->key.destination, ip.daddr);
	/* A source route would lead a packet past what is decided about its destination (RFC 7126, 4.3). */
	if (header > sizeof(ip) && find_option(skb, p->l3 + sizeof(ip), p->l4, OPTION_LOOSE_ROUTE, OPTION_STRICT_ROUTE))
		return false;
	if ((ip.daddr & bpf_htonl(0xf0000000)) == bpf_htonl(0xe0000000) || ip.daddr == 0xffffffff)
		p->marks |= PACKET_GROUP;
	if (ip.frag_off & bpf_htons(0x3fff)) {
		p->fragment = ip.id;
		if (ip.frag_off & bpf_htons(0x1fff)) {
			p->marks |= PACKET_LATER_FRAGMENT;
			return true;
		}
		p->marks |= PACKET_FIRST_FRAGMENT;
	}
	return parse_transport(skb, p);
}

/*
 * Walks the extension headers that may stand before the transport header:
 *   | next header | length in 8-octet units, the first not counted | ...     hop-by-hop, routing, destination options
 *   | next header | length | type | segments left | ...     routing
 *   | next header | reserved | offset (13), reserved (2), more (1) | identification (4) |     fragment
 * More than MAX_EXTENSIONS of them have no honest use; neither has a routing header that is not used up (RFC 5095).
 */
__noinline int walk_extensions(struct __sk_buff *skb, struct packet *p)
{
	__u8 next, head[8];
	__u32 offset;
	int i;

	if (!p)
		return -1;
	next = p->key.protocol;
	offset = p->l4;
	for (i = 0; i < MAX_EXTENSIONS; i++) {
		switch (next) {
		case IPPROTO_HOPOPTS:
		case IPPROTO_ROUTING:
		case IPPROTO_DSTOPTS:
			if (bpf_skb_load_bytes(skb, offset, head, 4) || (next == IPPROTO_ROUTING && head[3]))
				return -1;
			next = head[0];
			offset += 8 + head[1] * 8;
			break;
		case IPPROTO_FRAGMENT:
			if (bpf_skb_load_bytes(skb, offset, head, 8))
				return -1;
			next = head[0];
			offset += 8;
			p->fragment = *(__u32 *)(head + 4);
			if (*(__be16 *)(head + 2) & bpf_htons(0xfff8)) {
				p->marks |= PACKET_LATER_FRAGMENT;
				goto done;
			}
			if (*(__be16 *)(head + 2) & bpf_htons(1))
				p->marks |= PACKET_FIRST_FRAGMENT;
			break;
		default:
			goto done;
		}
	}
	return -1;
done:
	if (offset > p->end)
		return -1;
	p->key.protocol = next;
	p->l4 = offset;
	return 0;
}

static __always_inline bool parse6(struct __sk_buff *skb, struct packet *p)
{
	struct ipv6hdr ip;
	__u32 payload;

	if (bpf_skb_load_bytes(skb, p->l3, &ip, sizeof(ip)))
		return false;
	payload = bpf_ntohs(ip.payload_len);
	if (!payload && skb->gso_size)
		payload = skb->len - p->l3 - sizeof(ip);
	if (ip.version != 6 || p->l3 + sizeof(ip) + payload > skb->len)
		return false;
	p->version = 6;
	p->l4 = p->l3 + sizeof(ip);
	p->end = p->l4 + payload;
	p->ttl = ip.hop_limit;
	p->key.protocol = ip.nexthdr;
	set_address6(&p->key.source, &ip.saddr);
	set_address6(&p->key.destination, &ip.daddr);
	/* An IPv4-mapped address on the wire would pass for the IPv4 host it names (RFC 4942, 2.2). */
	if (is_address4(&p->key.source) || is_address4(&p->key.destination))
		return false;
	if (ip.daddr.in6_u.u6_addr8[0] == 0xff)
		p->marks |= PACKET_GROUP;
	switch (ip.nexthdr) {
	case IPPROTO_HOPOPTS:
	case IPPROTO_ROUTING:
	case IPPROTO_DSTOPTS:
	case IPPROTO_FRAGMENT:
		if (walk_extensions(skb, p))
			return false;
	}
	return p->marks & PACKET_LATER_FRAGMENT || parse_transport(skb, p);
}

/* Reads the network and transport header of an IPv4 or IPv6 packet; false when it is malformed. */
static __always_inline bool parse(struct __sk_buff *skb, struct packet *p)
{
	return p->ether_type == ETH_P_IP ? parse4(skb, p) : parse6(skb, p);
}

#endif
