/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* What a frame says about itself. */
#ifndef FAIRWAY_PACKET_H
#define FAIRWAY_PACKET_H

#include <stdbool.h>
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/icmpv6.h>
#include <linux/pkt_cls.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include "layout.h"

#define PACKET_FIRST_FRAGMENT	1
#define PACKET_LATER_FRAGMENT	2	/* has no ports of its own */
#define PACKET_ICMP_ERROR	4	/* quotes the packet it is about */
#define PACKET_ECHO		8
#define PACKET_GROUP		16	/* broadcast or multicast, by MAC or by address */
#define PACKET_OWN_WAYS		32	/* of a port that has some */
#define PACKET_OF_REMOTE	64	/* of an endpoint of another host */
#define PACKET_TO_GATEWAY	128	/* to a gateway of its network that is not the first of its family */

#define FROM_HOST	0	/* seen where the host sends */
#define FROM_WIRE	1	/* seen where an uplink receives */
#define FROM_TUNNEL	2	/* of another host, by a tunnel */
#define FROM_CALLED	3	/* of an endpoint, from an address that is not its own but may have been called */

/* linux/icmp.h includes the C library's headers, which know no BPF target. */
#define ICMP_ECHOREPLY		0
#define ICMP_DEST_UNREACH	3
#define ICMP_REDIRECT		5
#define ICMP_ECHO		8
#define ICMP_ROUTER_ADVERTISEMENT	9
#define ICMP_TIME_EXCEEDED	11
#define ICMP_PARAMETERPROB	12
#define ICMP_NET_UNREACH	0
#define ICMP_FRAG_NEEDED	4

/* | type | code | checksum | rest | */
struct icmphdr {
	__u8 type;
	__u8 code;
	__sum16 checksum;
	__be32 rest;
};

#define PACKET_HOST_TYPE	0	/* linux/if_packet.h, PACKET_HOST */

#define TCP_FIN	0x01
#define TCP_SYN	0x02
#define TCP_RST	0x04
#define TCP_ACK	0x10

#define MAX_EXTENSIONS	6
#define MAX_OPTIONS	40	/* bytes */

#define OPTION_END	0
#define OPTION_NOTHING	1
#define OPTION_LOOSE_ROUTE	131
#define OPTION_STRICT_ROUTE	137
#define OPTION_SACK	5	/* TCP, RFC 2018 */

struct packet {
	struct fw_flow_key key;	/* scope is the caller's business */
	__u16 ether_type;	/* host byte order */
	__u16 l3;		/* offsets */
	__u16 l4;
	__u8 version;		/* 4, 6, or 0 */
	__u8 marks;
	__u8 ttl;
	__u8 tcp_flags;
	__u8 icmp_type;
	__u8 icmp_code;
	__u8 l4_length;		/* bytes of the transport header; 0 for one that is not looked at */
	__u8 from;		/* FROM_*, of what no endpoint sent from its own address */
	__u32 end;		/* offset behind the packet: Ethernet pads, and what stands in the padding is not the packet's */
	__u32 fragment;		/* identification of the datagram it is part of */
};

static __always_inline void *frame(struct __sk_buff *skb)
{
	return (void *)(long)skb->data;
}

static __always_inline void *frame_end(struct __sk_buff *skb)
{
	return (void *)(long)skb->data_end;
}

static __always_inline bool same_address(const struct fw_address *a, const struct fw_address *b)
{
	return a->word[3] == b->word[3] && a->word[2] == b->word[2] && a->word[1] == b->word[1] && a->word[0] == b->word[0];
}

static __always_inline bool no_address(const struct fw_address *a)
{
	return !(a->word[0] | a->word[1] | a->word[2] | a->word[3]);
}

static __always_inline void set_address4(struct fw_address *a, __be32 address)
{
	a->word[0] = 0;
	a->word[1] = 0;
	a->word[2] = bpf_htonl(0xffff);
	a->word[3] = address;
}

static __always_inline void set_address6(struct fw_address *a, const struct in6_addr *address)
{
	__builtin_memcpy(a, address, sizeof(*a));
}

static __always_inline bool is_address4(const struct fw_address *a)
{
	return a->word[0] == 0 && a->word[1] == 0 && a->word[2] == bpf_htonl(0xffff);
}

/* Of no host: 0.0.0.0/8, which means a host of the sender's own network, and ::. */
static __always_inline bool is_unspecified(const struct fw_address *a)
{
	return no_address(a) || (is_address4(a) && !(a->word[3] & bpf_htonl(0xff000000)));
}

static __always_inline bool is_loopback(const struct fw_address *a)
{
	if (is_address4(a))
		return (a->word[3] & bpf_htonl(0xff000000)) == bpf_htonl(0x7f000000);
	return a->word[0] == 0 && a->word[1] == 0 && a->word[2] == 0 && a->word[3] == bpf_htonl(1);
}

/* Of more than one host, or reserved: 224.0.0.0/3 and ff00::/8. */
static __always_inline bool is_group(const struct fw_address *a)
{
	if (is_address4(a))
		return (a->word[3] & bpf_htonl(0xe0000000)) == bpf_htonl(0xe0000000);
	return (a->word[0] & bpf_htonl(0xff000000)) == bpf_htonl(0xff000000);
}

static __always_inline bool is_link_local6(const struct fw_address *a)
{
	return (a->word[0] & bpf_htonl(0xffc00000)) == bpf_htonl(0xfe800000);
}

static __always_inline bool same_mac(const __u8 *a, const __u8 *b)
{
	return *(__u32 *)a == *(__u32 *)b && *(__u16 *)(a + 4) == *(__u16 *)(b + 4);
}

/* Not by its identification, which may be 0; and an IPv6 packet with a fragment header may be whole (RFC 6946). */
static __always_inline bool is_fragment(const struct packet *p)
{
	return p->marks & (PACKET_FIRST_FRAGMENT | PACKET_LATER_FRAGMENT);
}

/* Whether ports, or the identifier of an echo, tell which connection a packet belongs to. Other ICMP has zeroes there, which an echo may
 * have as well. A later fragment has what its first one had. */
static __always_inline bool has_ports(const struct packet *p)
{
	return p->marks & (PACKET_ECHO | PACKET_LATER_FRAGMENT) || (p->key.protocol != IPPROTO_ICMP && p->key.protocol != IPPROTO_ICMPV6);
}

static __always_inline bool is_icmp_error4(__u8 type)
{
	return type == ICMP_DEST_UNREACH || type == ICMP_TIME_EXCEEDED || type == ICMP_PARAMETERPROB;
}

#define NEIGHBOUR_SOLICITATION	135
#define NEIGHBOUR_ADVERTISEMENT	136
#define ROUTER_SOLICITATION	133
#define ROUTER_ADVERTISEMENT	134
#define REDIRECT		137

static __always_inline bool is_neighbour_discovery(const struct packet *p)
{
	return p->version == 6 && p->key.protocol == IPPROTO_ICMPV6 && p->icmp_type >= ROUTER_SOLICITATION && p->icmp_type <= NEIGHBOUR_ADVERTISEMENT;
}

/* Group membership reports, router solicitations, advertisements of one's own address: every stack sends them and nobody here needs them. */
static __always_inline bool is_chatter(const struct packet *p)
{
	if (p->version == 6)
		return p->key.protocol == IPPROTO_ICMPV6 && (p->icmp_type == ROUTER_SOLICITATION || (p->icmp_type >= 130 && p->icmp_type <= 132) ||
							     p->icmp_type == 143 || p->icmp_type == NEIGHBOUR_ADVERTISEMENT);
	return p->key.protocol == IPPROTO_IGMP;
}

#endif
