/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * ARP (RFC 826) and neighbour discovery (RFC 4861) are answered by the switch from its own table: nothing is flooded, and nobody
 * can answer for somebody else. An endpoint's question about its own address stays without answer, or its duplicate address
 * detection would fail. On a segment, questions about others than endpoints go to the LAN (stations.h); endpoints of other hosts answer with
 * the gateway's MAC.
 */
#ifndef FAIRWAY_NEIGHBOUR_H
#define FAIRWAY_NEIGHBOUR_H

#include "deliver.h"

/* | hardware type | protocol type | 6 | 4 | operation | sender MAC | sender | target MAC | target | */
struct arp {
	__be16 hardware;
	__be16 protocol;
	__u8 hardware_length;
	__u8 protocol_length;
	__be16 operation;
	__u8 sender_mac[6];
	__u8 sender[4];
	__u8 target_mac[6];
	__u8 target[4];
} __attribute__((packed));

#define ARP_REQUEST	1
#define ARP_REPLY	2

static __always_inline bool is_gateway(const struct packet *p, const struct fw_network *network)
{
	return p->marks & PACKET_TO_GATEWAY || same_address(&p->key.destination, &network->gateway4) || same_address(&p->key.destination, &network->gateway6);
}

/* The MAC that answers for an address of the network, or NULL. Further gateways stand with the resolver's port. */
static __always_inline const __u8 *mac_of(const struct fw_network *network, __u32 number, __u32 asker, const struct fw_address *target)
{
	struct fw_address_key key = { .network = number, .address = *target };
	struct fw_address_row *row;
	struct fw_port *port;

	if (same_address(target, &network->gateway4) || same_address(target, &network->gateway6)) {
		port = port_row(asker);
		/* The resolver carries the gateway's addresses itself. */
		return port && port->flags & FW_PORT_RESOLVER ? NULL : network->gateway_mac;
	}
	row = bpf_map_lookup_elem(&addresses, &key);
	if (row && row->port == asker)
		return NULL;
	if (row && row->port >= FW_RESOLVER_PORT)
		return network->gateway_mac;
	if (network->flags & FW_NETWORK_HAIRPIN)
		return network->gateway_mac;
	if (!row)
		return network->flags & FW_NETWORK_OVERLAY && remote_row(number, target) ? network->gateway_mac : NULL;
	port = port_row(row->port);
	return port && port->flags & FW_PORT_LIVE ? port->mac : NULL;
}

static __always_inline bool owns(const struct fw_port *port, __u32 number, const struct fw_address *address)
{
	struct fw_address_key key;
	struct fw_address_row *row;

	if (same_address(address, &port->address4) || same_address(address, &port->address6))
		return !no_address(address);
	/* On segments, MACs stand among the addresses, written like groups. */
	if (is_group(address))
		return false;
	key.network = port->network;
	key.address = *address;
	row = bpf_map_lookup_elem(&addresses, &key);
	return row && row->port == number;
}

/*
 * Who may have answers to give from an address that load balancers are called by asks for its neighbours in that name. The answer goes to
 * the asker only; on a segment the question itself would go further.
 */
static __always_inline bool may_ask_as_called(const struct fw_port *port, const struct fw_network *network)
{
	return port->flags & FW_PORT_PUBLISHED && !(network->flags & FW_NETWORK_SEGMENT);
}

#define ASK_SEGMENT	(-4)	/* none of ours: the LAN may know */

static __always_inline struct arp *read_arp(struct __sk_buff *skb)
{
	struct ethhdr *eth;
	struct arp *arp;

	if (bpf_skb_pull_data(skb, ETH_HLEN + sizeof(*arp)))
		return NULL;
	eth = frame(skb);
	arp = (void *)(eth + 1);
	if ((void *)(arp + 1) > frame_end(skb))
		return NULL;
	return arp->hardware == bpf_htons(1) && arp->protocol == bpf_htons(ETH_P_IP) && arp->hardware_length == 6 && arp->protocol_length == 4 ? arp : NULL;
}

/* Makes a question its answer. */
static __always_inline void turn_arp(struct arp *arp, const __u8 *mac)
{
	struct ethhdr *eth = (void *)arp - ETH_HLEN;
	__u32 asker, asked;
	__u8 answer[6];

	__builtin_memcpy(answer, mac, 6);
	__builtin_memcpy(&asker, arp->sender, 4);
	__builtin_memcpy(&asked, arp->target, 4);
	__builtin_memcpy(eth->h_dest, eth->h_source, 6);
	__builtin_memcpy(eth->h_source, answer, 6);
	arp->operation = bpf_htons(ARP_REPLY);
	__builtin_memcpy(arp->target_mac, arp->sender_mac, 6);
	__builtin_memcpy(arp->target, &asker, 4);
	__builtin_memcpy(arp->sender_mac, answer, 6);
	__builtin_memcpy(arp->sender, &asked, 4);
}

__noinline int answer_arp(struct __sk_buff *skb, const struct packet *p, struct place *at)
{
	struct arp *arp;
	struct fw_port *port;
	struct fw_network *network;
	struct fw_address sender, target;
	const __u8 *mac;
	__u32 sender4, target4;

	if (!p || !at)
		return TC_ACT_SHOT;
	arp = read_arp(skb);
	if (!arp)
		return drop(skb, p, at, FW_DROP_MALFORMED);
	port = port_row(at->in_port);
	network = network_row(at->network);
	if (!port || !network)
		return drop(skb, p, at, FW_DROP_PORT_CLOSED);
	__builtin_memcpy(&sender4, arp->sender, 4);
	__builtin_memcpy(&target4, arp->target, 4);
	set_address4(&sender, sender4);
	set_address4(&target, target4);
	if (!same_mac(arp->sender_mac, port->mac))
		return drop(skb, p, at, FW_DROP_SOURCE_MAC);
	/* An address probe (RFC 5227) has no sender yet. */
	if (sender4 && !owns(port, at->in_port, &sender) && !may_ask_as_called(port, network))
		return drop(skb, p, at, FW_DROP_SOURCE_ADDRESS);
	if (arp->operation != bpf_htons(ARP_REQUEST))
		return drop(skb, p, at, FW_DROP_MULTICAST);
	mac = mac_of(network, at->network, at->in_port, &target);
	if (!mac && network->flags & FW_NETWORK_SEGMENT)
		return ASK_SEGMENT;
	if (!mac)
		return drop(skb, p, at, FW_DROP_NO_SUCH_ENDPOINT);
	turn_arp(arp, mac);
	return send_back(skb);
}

/* | type | code | checksum | flags | target | option 2 (target link-layer address), 1, MAC | */
struct advertisement {
	__u8 type;
	__u8 code;
	__be16 checksum;
	__be32 flags;
	struct in6_addr target;
	__u8 option;
	__u8 option_length;
	__u8 mac[6];
} __attribute__((packed));

static __always_inline __u16 fold(__u64 sum)
{
	sum = (sum & 0xffffffff) + (sum >> 32);
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return ~sum;
}

struct fw_mac {
	__u8 byte[6];
	__u16 pad;
};

/*
 * Makes a solicitation the advertisement of its target. Who asks without an address, to find out whether somebody has the target already, is
 * told with everybody else (RFC 4861, 7.2.4). Not 0 when the packet is none that can be answered.
 */
__noinline int advertise(struct __sk_buff *skb, const struct packet *p, const struct fw_mac *mac)
{
	const __u32 length = ETH_HLEN + sizeof(struct ipv6hdr) + sizeof(struct advertisement);
	struct ethhdr *eth;
	struct ipv6hdr *ip;
	struct advertisement *na;
	struct fw_address target, asker;
	bool everybody;
	__u64 sum;

	if (!p || !mac || bpf_skb_load_bytes(skb, p->l4 + 8, &target, sizeof(target)))
		return -1;
	asker = p->key.source;
	everybody = no_address(&asker);
	if (everybody) {
		asker.word[0] = bpf_htonl(0xff020000);
		asker.word[3] = bpf_htonl(1);
	}
	if (p->l4 != ETH_HLEN + sizeof(*ip) || bpf_skb_change_tail(skb, length, 0) || bpf_skb_pull_data(skb, length))
		return -1;
	eth = frame(skb);
	ip = (void *)(eth + 1);
	na = (void *)(ip + 1);
	if ((void *)(na + 1) > frame_end(skb))
		return -1;
	__builtin_memcpy(eth->h_dest, eth->h_source, 6);
	if (everybody) {
		*(__be16 *)eth->h_dest = bpf_htons(0x3333);
		*(__be32 *)(eth->h_dest + 2) = bpf_htonl(1);
	}
	__builtin_memcpy(eth->h_source, mac->byte, 6);
	ip->payload_len = bpf_htons(sizeof(*na));
	__builtin_memcpy(&ip->saddr, &target, sizeof(target));
	__builtin_memcpy(&ip->daddr, &asker, sizeof(asker));
	na->type = NEIGHBOUR_ADVERTISEMENT;
	na->code = 0;
	na->checksum = 0;
	na->flags = bpf_htonl(everybody ? 0x20000000 : 0x60000000); /* solicited, override */
	__builtin_memcpy(&na->target, &target, sizeof(target));
	na->option = 2;
	na->option_length = 1;
	__builtin_memcpy(na->mac, mac->byte, 6);
	sum = bpf_csum_diff(NULL, 0, (__be32 *)&ip->saddr, 32, 0);
	sum = bpf_csum_diff(NULL, 0, (__be32 *)na, sizeof(*na), sum);
	na->checksum = fold(sum + bpf_htonl(sizeof(*na)) + bpf_htonl(IPPROTO_ICMPV6));
	return 0;
}

/* Reads whom a solicitation or an advertisement is about. RFC 4861, 7.1.1: whatever came through a router is not a neighbour's. */
static __always_inline bool read_target(struct __sk_buff *skb, const struct packet *p, struct fw_address *target)
{
	return p->ttl == 255 && p->l4 + 8 + sizeof(*target) <= p->end && !bpf_skb_load_bytes(skb, p->l4 + 8, target, sizeof(*target)) &&
	       /* Our tables hold IPv4 addresses as mapped ones, MACs as groups, and zeroes where there is none. */
	       !is_address4(target) && !no_address(target) && !is_group(target);
}

__noinline int answer_solicitation(struct __sk_buff *skb, const struct packet *p, struct place *at)
{
	struct fw_port *port;
	struct fw_network *network;
	struct fw_address target;
	struct fw_mac answer = {};
	const __u8 *mac;

	if (!p || !at)
		return TC_ACT_SHOT;
	if (p->ttl != 255 || p->l4 + 8 + sizeof(target) > p->end)
		return drop(skb, p, at, FW_DROP_MALFORMED);
	port = port_row(at->in_port);
	network = network_row(at->network);
	if (!port || !network)
		return drop(skb, p, at, FW_DROP_PORT_CLOSED);
	if (!read_target(skb, p, &target))
		return drop(skb, p, at, FW_DROP_NO_SUCH_ENDPOINT);
	mac = mac_of(network, at->network, at->in_port, &target);
	if (!mac && network->flags & FW_NETWORK_SEGMENT)
		return ASK_SEGMENT;
	if (!mac || no_address(&p->key.source)) {
		/* Duplicate address detection: silence is the good answer. */
		if (no_address(&p->key.source) && owns(port, at->in_port, &target)) {
			set_verdict(skb, VERDICT_DROP, FW_DROP_NO_SUCH_ENDPOINT);
			return TC_ACT_SHOT;
		}
		return drop(skb, p, at, FW_DROP_NO_SUCH_ENDPOINT);
	}
	__builtin_memcpy(answer.byte, mac, 6);
	return advertise(skb, p, &answer) ? drop(skb, p, at, FW_DROP_MALFORMED) : send_back(skb);
}

#endif
