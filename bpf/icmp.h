/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * ICMP errors: those of routers and hosts about a translated packet are translated by the packet they quote; those the switch has
 * to send itself (too big, time exceeded, no route) are made out of the packet they are about.
 */
#ifndef FAIRWAY_ICMP_H
#define FAIRWAY_ICMP_H

#include "deliver.h"
#include "nat.h"

#define QUOTED_OFFSET	8	/* from the ICMP header to the quoted packet */
#define QUOTED_TRANSPORT	8	/* what every error quotes of the transport header */

/*
 * Reads the packet an error quotes into a key as if it came from the other side, which is the direction the error travels in:
 *   | ICMP type, code, checksum, 4 bytes | IP header | first 8 bytes of the transport header |
 * `inner` gets the offset of the quoted transport header.
 */
static __always_inline bool read_quoted(struct __sk_buff *skb, const struct packet *p, struct packet *quoted)
{
	__u32 at = p->l4 + QUOTED_OFFSET;
	struct ipv6hdr ip6;
	struct iphdr ip;
	__be16 ports[2];
	__u8 type;

	quoted->version = p->version;
	quoted->l3 = at;
	quoted->key.scope = p->key.scope;
	if (p->version == 4) {
		if (at + sizeof(ip) > p->end || bpf_skb_load_bytes(skb, at, &ip, sizeof(ip)) || ip.version != 4 || ip.ihl < 5)
			return false;
		quoted->l4 = at + ip.ihl * 4;
		quoted->key.protocol = ip.protocol;
		set_address4(&quoted->key.destination, ip.saddr);
		set_address4(&quoted->key.source, ip.daddr);
	} else {
		if (at + sizeof(ip6) > p->end || bpf_skb_load_bytes(skb, at, &ip6, sizeof(ip6)) || ip6.version != 6)
			return false;
		quoted->l4 = at + sizeof(ip6);
		quoted->key.protocol = ip6.nexthdr;
		set_address6(&quoted->key.destination, &ip6.saddr);
		set_address6(&quoted->key.source, &ip6.daddr);
	}
	if (quoted->l4 + QUOTED_TRANSPORT > p->end)
		return false;
	switch (quoted->key.protocol) {
	case IPPROTO_TCP:
	case IPPROTO_UDP:
		if (bpf_skb_load_bytes(skb, quoted->l4, ports, sizeof(ports)))
			return false;
		quoted->key.destination_port = ports[0];
		quoted->key.source_port = ports[1];
		return true;
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		if (bpf_skb_load_bytes(skb, quoted->l4, &type, 1) || bpf_skb_load_bytes(skb, quoted->l4 + 4, ports, 2))
			return false;
		if (type != ICMP_ECHO && type != ICMPV6_ECHO_REQUEST && type != ICMP_ECHOREPLY && type != ICMPV6_ECHO_REPLY)
			return false;
		quoted->marks |= PACKET_ECHO;
		quoted->key.destination_port = ports[0];
		quoted->key.source_port = ports[0];
		return true;
	}
	return false;
}

/* Replaces 2 or 4 bytes of the quoted packet. For ICMPv6 the outer checksum covers it; the caller settles ICMP for both. */
static __always_inline int replace_quoted(struct __sk_buff *skb, const struct packet *p, __u32 offset, const void *was, const void *is, __u32 size)
{
	__s64 difference = bpf_csum_diff((__be32 *)was, size, (__be32 *)is, size, 0);

	return bpf_l4_csum_replace(skb, p->l4 + 2, 0, difference, 0) || bpf_skb_store_bytes(skb, offset, is, size, 0);
}

/*
 * Translates what an error quotes: `quoted` is that, turned round, `to` is the flow row that direction has. The quoted checksums are
 * left alone: nothing reads them, and the IP one is only repaired because some firewalls do.
 */
__noinline int rewrite_quoted(struct __sk_buff *skb, const struct packet *p, const struct packet *quoted, const struct fw_flow *to)
{
	__be16 was[2], is[2];

	if (!p || !quoted || !to)
		return -1;
	was[0] = quoted->key.destination_port;
	is[0] = to->destination_port;
	was[1] = quoted->key.source_port;
	is[1] = to->source_port;
	if (quoted->marks & PACKET_ECHO) {
		is[0] = was[0] != is[0] ? is[0] : is[1];
		was[1] = is[1] = 0;
		if (was[0] != is[0]) {
			__be16 before[2] = { was[0], 0 }, after[2] = { is[0], 0 };
			__s64 d = bpf_csum_diff((__be32 *)before, 4, (__be32 *)after, 4, 0);

			if (bpf_l4_csum_replace(skb, p->l4 + 2, 0, d, 0) || bpf_skb_store_bytes(skb, quoted->l4 + 4, is, 2, 0))
				return -1;
		}
	} else if (replace_quoted(skb, p, quoted->l4, was, is, 4)) {
		return -1;
	}
	if (p->version == 4) {
		__be32 before[2] = { quoted->key.destination.word[3], quoted->key.source.word[3] };
		__be32 after[2] = { to->destination.word[3], to->source.word[3] };
		__s64 d = bpf_csum_diff(before, 8, after, 8, 0);
		__u16 sum;

		/* Addresses change the quoted IP checksum the other way: the outer ICMP checksum stays as it is. */
		if (bpf_skb_load_bytes(skb, quoted->l3 + offsetof(struct iphdr, check), &sum, 2))
			return -1;
		sum = adjust(sum, d);
		if (bpf_skb_store_bytes(skb, quoted->l3 + offsetof(struct iphdr, check), &sum, 2, 0) ||
		    bpf_skb_store_bytes(skb, quoted->l3 + offsetof(struct iphdr, saddr), after, 8, 0))
			return -1;
	} else if (replace_quoted(skb, p, quoted->l3 + offsetof(struct ipv6hdr, saddr), &quoted->key.destination, &to->destination, 16) ||
		   replace_quoted(skb, p, quoted->l3 + offsetof(struct ipv6hdr, daddr), &quoted->key.source, &to->source, 16)) {
		return -1;
	}
	return 0;
}

/* What an error of ours quotes of the transport header; a TCP checksum left to the hardware must stay within the packet. */
#define QUOTE_TCP	20
#define QUOTE_OTHER	8

static __always_inline bool fill_error4(struct __sk_buff *skb, __u32 source, __u32 destination, __u8 type, __u8 code, __u32 rest, __u32 quote)
{
	struct iphdr *ip = frame(skb) + ETH_HLEN;
	struct icmphdr *icmp = (void *)(ip + 1);

	if ((void *)icmp + sizeof(*icmp) + sizeof(*ip) + quote > frame_end(skb))
		return false;
	*(__be16 *)ip = bpf_htons(0x4500);
	ip->tot_len = bpf_htons(sizeof(*ip) + sizeof(*icmp) + sizeof(*ip) + quote);
	ip->id = 0;
	ip->frag_off = 0;
	ip->ttl = 64;
	ip->protocol = IPPROTO_ICMP;
	ip->check = 0;
	ip->saddr = source;
	ip->daddr = destination;
	ip->check = fold(bpf_csum_diff(NULL, 0, (__be32 *)ip, sizeof(*ip), 0));
	icmp->type = type;
	icmp->code = code;
	icmp->checksum = 0;
	icmp->rest = rest;
	icmp->checksum = fold(bpf_csum_diff(NULL, 0, (__be32 *)icmp, sizeof(*icmp) + sizeof(*ip) + quote, 0));
	return true;
}

static __always_inline bool fill_error6(struct __sk_buff *skb, const struct fw_address *source, const struct fw_address *destination, __u8 type,
					__u8 code, __u32 rest, __u32 quote)
{
	const __u32 payload = sizeof(struct icmp6hdr) + sizeof(struct ipv6hdr) + quote;
	struct ipv6hdr *ip = frame(skb) + ETH_HLEN;
	struct icmp6hdr *icmp = (void *)(ip + 1);
	__u64 sum;

	if ((void *)icmp + payload > frame_end(skb))
		return false;
	*(__be32 *)ip = bpf_htonl(0x60000000);
	ip->payload_len = bpf_htons(payload);
	ip->nexthdr = IPPROTO_ICMPV6;
	ip->hop_limit = 64;
	__builtin_memcpy(&ip->saddr, source, 16);
	__builtin_memcpy(&ip->daddr, destination, 16);
	icmp->icmp6_type = type;
	icmp->icmp6_code = code;
	icmp->icmp6_cksum = 0;
	icmp->icmp6_dataun.un_data32[0] = rest;
	sum = bpf_csum_diff(NULL, 0, (__be32 *)&ip->saddr, 32, 0);
	sum = bpf_csum_diff(NULL, 0, (__be32 *)icmp, payload, sum);
	icmp->icmp6_cksum = fold(sum + bpf_htonl(payload) + bpf_htonl(IPPROTO_ICMPV6));
	return true;
}

/* Room for outer headers in front of what is quoted; the rest of the packet goes. */
static __always_inline bool make_room(struct __sk_buff *skb, __u32 header, __u32 icmp, __u32 quote)
{
	return !bpf_skb_change_tail(skb, ETH_HLEN + header + quote, 0) && !bpf_skb_adjust_room(skb, header + icmp, BPF_ADJ_ROOM_MAC, 0) &&
	       !bpf_skb_pull_data(skb, ETH_HLEN + header + icmp + header + quote);
}

/*
 * Sends an error about the packet to where it came from, and counts the packet as dropped. Errors about errors, groups and later
 * fragments are never sent (RFC 1122, 3.2.2; RFC 4443, 2.4), nor about packets with IP options.
 */
__noinline int refuse(struct __sk_buff *skb, struct packet *p, struct place *at, const struct fw_address *source, __u64 error)
{
	struct fw_network *network = at && at->in_port ? network_row(at->network) : NULL;
	struct fw_address from, to;
	__u8 type = error >> 24, code = error >> 16;
	__u32 rest = bpf_htonl(error & 0xffff);
	struct ethhdr *eth;
	__u8 mac[6];
	bool made;

	if (!p || !at || !source)
		return TC_ACT_SHOT;
	drop(skb, p, at, error >> 32);
	from = *source;
	to = p->key.source;
	eth = frame(skb);
	if (p->marks & (PACKET_ICMP_ERROR | PACKET_GROUP | PACKET_LATER_FRAGMENT) || p->l3 != ETH_HLEN || no_address(&from))
		return TC_ACT_SHOT;
	/* Nobody's MAC is a group's; whoever says so wants the error sent to all. */
	if ((void *)(eth + 1) > frame_end(skb) || eth->h_source[0] & 1)
		return TC_ACT_SHOT;
	if (p->version == 4) {
		if (p->l4 != ETH_HLEN + sizeof(struct iphdr))
			return TC_ACT_SHOT;
		if (p->key.protocol == IPPROTO_TCP)
			made = make_room(skb, sizeof(struct iphdr), sizeof(struct icmphdr), QUOTE_TCP) &&
			       fill_error4(skb, from.word[3], to.word[3], type, code, rest, QUOTE_TCP);
		else
			made = make_room(skb, sizeof(struct iphdr), sizeof(struct icmphdr), QUOTE_OTHER) &&
			       fill_error4(skb, from.word[3], to.word[3], type, code, rest, QUOTE_OTHER);
	} else {
		if (p->l4 != ETH_HLEN + sizeof(struct ipv6hdr))
			return TC_ACT_SHOT;
		if (p->key.protocol == IPPROTO_TCP)
			made = make_room(skb, sizeof(struct ipv6hdr), sizeof(struct icmp6hdr), QUOTE_TCP) &&
			       fill_error6(skb, &from, &to, type, code, rest, QUOTE_TCP);
		else
			made = make_room(skb, sizeof(struct ipv6hdr), sizeof(struct icmp6hdr), QUOTE_OTHER) &&
			       fill_error6(skb, &from, &to, type, code, rest, QUOTE_OTHER);
	}
	eth = frame(skb);
	if (!made || (void *)(eth + 1) > frame_end(skb))
		return TC_ACT_SHOT;
	__builtin_memcpy(mac, network ? network->gateway_mac : eth->h_dest, 6);
	__builtin_memcpy(eth->h_dest, eth->h_source, 6);
	__builtin_memcpy(eth->h_source, mac, 6);
	return send_back(skb);
}

/* What to say (type, code, 16 bits of the second word) and what to count it as. */
#define ERROR(type, code, rest, reason)	((__u64)(reason) << 32 | (__u32)(type) << 24 | (__u32)(code) << 16 | (rest))

static __always_inline bool too_big(struct __sk_buff *skb, const struct packet *p, __u16 mtu)
{
	__u32 length = skb->len - p->l3;

	if (!mtu || length <= mtu)
		return false;
	/* A packet the kernel will cut is as long as its pieces. A sender in a virtual machine leaves their number out. */
	return !skb->gso_size || skb->gso_size + (p->l4 - p->l3) + p->l4_length > mtu;
}

static __always_inline int refuse_too_big(struct __sk_buff *skb, struct packet *p, struct place *at, const struct fw_address *source, __u16 mtu)
{
	return refuse(skb, p, at, source, p->version == 4 ? ERROR(ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED, mtu, FW_DROP_TOO_BIG)
							  : ERROR(ICMPV6_PKT_TOOBIG, 0, mtu, FW_DROP_TOO_BIG));
}

static __always_inline int refuse_expired(struct __sk_buff *skb, struct packet *p, struct place *at, const struct fw_address *source)
{
	return refuse(skb, p, at, source, p->version == 4 ? ERROR(ICMP_TIME_EXCEEDED, 0, 0, FW_DROP_TTL_EXPIRED)
							  : ERROR(ICMPV6_TIME_EXCEED, 0, 0, FW_DROP_TTL_EXPIRED));
}

static __always_inline int refuse_no_route(struct __sk_buff *skb, struct packet *p, struct place *at, const struct fw_address *source, __u32 reason)
{
	return refuse(skb, p, at, source, p->version == 4 ? ERROR(ICMP_DEST_UNREACH, ICMP_NET_UNREACH, 0, reason)
							  : ERROR(ICMPV6_DEST_UNREACH, 0, 0, reason));
}

#endif
