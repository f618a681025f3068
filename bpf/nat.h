/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Translation: rewriting a packet to what its flow row says, checksums kept by difference (RFC 1624). */
#ifndef FAIRWAY_NAT_H
#define FAIRWAY_NAT_H

#include <stddef.h>
#include "flow.h"

#define F_IPV6	(1ull << 7)	/* BPF_F_IPV6: kernels that know it need it for CHECKSUM_COMPLETE, older ones refuse it */

/* Where the checksum of the transport header is; 0 for none that covers addresses or ports. */
static __always_inline __u32 checksum_offset(__u8 protocol)
{
	switch (protocol) {
	case IPPROTO_TCP:
		return offsetof(struct tcphdr, check);
	case IPPROTO_UDP:
		return offsetof(struct udphdr, check);
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		return 2;
	}
	return 0;
}

static __always_inline int replace_sum(struct __sk_buff *skb, __u32 offset, __s64 difference, __u64 flags, __u8 version)
{
	if (version == 6 && flags & BPF_F_PSEUDO_HDR && !bpf_l4_csum_replace(skb, offset, 0, difference, flags | F_IPV6))
		return 0;
	return bpf_l4_csum_replace(skb, offset, 0, difference, flags);
}

static __always_inline __s64 address_difference(const struct fw_flow_key *from, const struct fw_flow *to, __u8 version)
{
	__be32 was[8], is[8];

	if (version == 4) {
		was[0] = from->source.word[3];
		was[1] = from->destination.word[3];
		is[0] = to->source.word[3];
		is[1] = to->destination.word[3];
		return bpf_csum_diff(was, 8, is, 8, 0);
	}
	__builtin_memcpy(was, &from->source, 16);
	__builtin_memcpy(was + 4, &from->destination, 16);
	__builtin_memcpy(is, &to->source, 16);
	__builtin_memcpy(is + 4, &to->destination, 16);
	return bpf_csum_diff(was, 32, is, 32, 0);
}

static __always_inline __u16 adjust(__u16 checksum, __s64 difference)
{
	__u64 sum = (__u16)~checksum;

	sum += (__u32)difference;
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return ~sum;
}

/* Addresses and time to live of the network header at p->l3. */
static __always_inline bool rewrite_network(struct __sk_buff *skb, const struct packet *p, const struct fw_flow *to, __s64 difference, bool routed)
{
	/* The mask is for the verifier: 0 or 14. */
	void *start = frame(skb) + (p->l3 & 0x0f);

	if (p->version == 4) {
		struct iphdr *ip = start;

		if ((void *)(ip + 1) > frame_end(skb))
			return false;
		ip->saddr = to->source.word[3];
		ip->daddr = to->destination.word[3];
		ip->check = adjust(ip->check, difference);
		if (routed) {
			/* One less in the high byte of the word that holds time to live and protocol. */
			ip->ttl--;
			ip->check = adjust(ip->check, (__u16)~bpf_htons(0x0100));
		}
	} else {
		struct ipv6hdr *ip = start;

		if ((void *)(ip + 1) > frame_end(skb))
			return false;
		__builtin_memcpy(&ip->saddr, &to->source, 16);
		__builtin_memcpy(&ip->daddr, &to->destination, 16);
		if (routed)
			ip->hop_limit--;
	}
	return true;
}

/*
 * Makes the packet of `key` look like what `to` says. A later fragment has no transport header; its datagram's checksum was
 * settled in the first one.
 */
__noinline int rewrite(struct __sk_buff *skb, const struct packet *p, const struct fw_flow *to, bool routed)
{
	__s64 difference, port_difference = 0;
	__be16 ports[4];
	__u32 sum;
	__u64 mangled;

	if (!p || !to)
		return -1;
	difference = address_difference(&p->key, to, p->version);
	if (!(p->marks & PACKET_LATER_FRAGMENT)) {
		sum = checksum_offset(p->key.protocol);
		mangled = p->key.protocol == IPPROTO_UDP ? BPF_F_MARK_MANGLED_0 : 0;
		if (difference && p->key.protocol != IPPROTO_ICMP && replace_sum(skb, p->l4 + sum, difference, BPF_F_PSEUDO_HDR | mangled, p->version))
			return -1;
		ports[0] = p->key.source_port;
		ports[1] = p->key.destination_port;
		ports[2] = to->source_port;
		ports[3] = to->destination_port;
		if (ports[0] != ports[2] || ports[1] != ports[3]) {
			if (p->marks & PACKET_ECHO) {
				/* One identifier, in both fields of the key; the one that changed is the one to write. */
				ports[2] = ports[0] != ports[2] ? ports[2] : ports[3];
				if (bpf_l4_csum_replace(skb, p->l4 + sum, ports[0], ports[2], 2) ||
				    bpf_skb_store_bytes(skb, p->l4 + 4, &ports[2], 2, 0))
					return -1;
			} else {
				port_difference = bpf_csum_diff((__be32 *)ports, 4, (__be32 *)(ports + 2), 4, 0);
				if (replace_sum(skb, p->l4 + sum, port_difference, mangled, p->version) ||
				    bpf_skb_store_bytes(skb, p->l4, ports + 2, 4, 0))
					return -1;
			}
		}
	}
	/* Copied, or the headers of a packet that several hold would change under the others. */
	if (bpf_skb_pull_data(skb, p->l3 + (p->version == 4 ? sizeof(struct iphdr) : sizeof(struct ipv6hdr))))
		return -1;
	return rewrite_network(skb, p, to, difference, routed) ? 0 : -1;
}

#endif
