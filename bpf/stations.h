/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * Endpoints on a segment: what they send (station_...), what the LAN sends (from_wire) and what the host sends into it (to_uplink).
 * Frames for one go to one; the switch answers for endpoints whoever asks; only what is for all is copied, and never back to where it came
 * from. With one MAC outside, the MACs a frame speaks of in its payload are exchanged with the one in its header.
 */
#ifndef FAIRWAY_STATIONS_H
#define FAIRWAY_STATIONS_H

#include "lease.h"
#include "local.h"
#include "neighbour.h"

#define OPTION_SOURCE_MAC	1	/* RFC 4861, 4.6.1 */
#define OPTION_TARGET_MAC	2

/* In an ARP packet of an endpoint, or in the first option of a solicitation or advertisement. */
static __always_inline bool exchange_arp_mac(struct __sk_buff *skb, const struct fw_network *network)
{
	return !bpf_skb_store_bytes(skb, ETH_HLEN + __builtin_offsetof(struct arp, sender_mac), network->uplink_mac, 6, 0);
}

static __always_inline bool exchange_option_mac(struct __sk_buff *skb, const struct packet *p, const struct fw_network *network)
{
	__u32 at = p->l4 + 24;
	__u8 was[8], is[8];
	__s64 difference;

	if (at + sizeof(was) > p->end)
		return true;
	if (bpf_skb_load_bytes(skb, at, was, sizeof(was)))
		return false;
	if ((was[0] != OPTION_SOURCE_MAC && was[0] != OPTION_TARGET_MAC) || was[1] != 1)
		return true;
	*(__u16 *)is = *(__u16 *)was;
	__builtin_memcpy(is + 2, network->uplink_mac, 6);
	difference = bpf_csum_diff((__be32 *)was, 8, (__be32 *)is, 8, 0);
	return !bpf_l4_csum_replace(skb, p->l4 + 2, 0, difference, 0) && !bpf_skb_store_bytes(skb, at, is, sizeof(is), 0);
}

static __always_inline bool speaks_of_macs(const struct packet *p)
{
	return is_neighbour_discovery(p) && (p->icmp_type == NEIGHBOUR_SOLICITATION || p->icmp_type == NEIGHBOUR_ADVERTISEMENT);
}

/* Out of the uplink, and to the host as well: what is for everybody outside. */
__noinline int station_to_all_outside(struct __sk_buff *skb, const struct packet *p, struct place *at)
{
	struct fw_network *network = at ? network_row(at->network) : NULL;
	struct ethhdr *eth;

	if (!p || !network)
		return TC_ACT_SHOT;
	count_out(skb, at->in_port);
	if (!tag(skb, network))
		return TC_ACT_SHOT;
	if (!(network->flags & FW_NETWORK_HAIRPIN))
		bpf_clone_redirect(skb, network->uplink, BPF_F_INGRESS);
	if (network->flags & FW_NETWORK_ONE_MAC) {
		if (p->ether_type == ETH_P_ARP ? !exchange_arp_mac(skb, network) : speaks_of_macs(p) && !exchange_option_mac(skb, p, network))
			return TC_ACT_SHOT;
		if (bpf_skb_pull_data(skb, ETH_HLEN))
			return TC_ACT_SHOT;
		eth = frame(skb);
		if ((void *)(eth + 1) > frame_end(skb))
			return TC_ACT_SHOT;
		__builtin_memcpy(eth->h_source, network->uplink_mac, ETH_ALEN);
	}
	set_verdict(skb, VERDICT_UPLINK, network->uplink);
	return bpf_redirect(network->uplink, 0);
}

/* To the host or to somebody outside, whose MACs it speaks of. */
static __always_inline int station_to_outsider(struct __sk_buff *skb, const struct packet *p, struct place *at, const struct fw_network *network)
{
	struct ethhdr *eth = frame(skb);

	if ((void *)(eth + 1) > frame_end(skb))
		return TC_ACT_SHOT;
	if (network->flags & FW_NETWORK_ONE_MAC && !same_mac(eth->h_dest, network->uplink_mac)) {
		if (p->ether_type == ETH_P_ARP ? !exchange_arp_mac(skb, network) : speaks_of_macs(p) && !exchange_option_mac(skb, p, network))
			return TC_ACT_SHOT;
		if (bpf_skb_pull_data(skb, ETH_HLEN))
			return TC_ACT_SHOT;
	}
	count_out(skb, at->in_port);
	return to_segment(skb, at->network);
}

/* ARP or a solicitation that none of our endpoints is asked by. */
__noinline int station_asks(struct __sk_buff *skb, const struct packet *p, struct place *at)
{
	struct fw_network *network = at ? network_row(at->network) : NULL;

	if (!p || !network)
		return TC_ACT_SHOT;
	/* Everybody is the next hop's. */
	if (network->flags & FW_NETWORK_HAIRPIN)
		return drop(skb, p, at, FW_DROP_NO_SUCH_ENDPOINT);
	if (!may_flood(at->in_port, 1))
		return drop(skb, p, at, FW_DROP_FLOOD);
	return p->marks & PACKET_GROUP ? station_to_all_outside(skb, p, at) : station_to_outsider(skb, p, at, network);
}

/* Group membership is the business of switches outside, advertisements that of everybody; routers are never asked for. */
__noinline int station_chatters(struct __sk_buff *skb, const struct packet *p, struct place *at)
{
	struct fw_network *network = at ? network_row(at->network) : NULL;
	struct fw_port *port = at ? port_row(at->in_port) : NULL;
	struct fw_address target;

	if (!p || !network || !port)
		return TC_ACT_SHOT;
	if (network->flags & FW_NETWORK_HAIRPIN || (is_neighbour_discovery(p) && p->icmp_type == ROUTER_SOLICITATION))
		goto silence;
	if (is_neighbour_discovery(p)) {
		if (!read_target(skb, p, &target) || !owns(port, at->in_port, &target))
			return drop(skb, p, at, FW_DROP_SOURCE_ADDRESS);
		if (!(p->marks & PACKET_GROUP))
			return station_to_outsider(skb, p, at, network);
	}
	if (!may_flood(at->in_port, 1))
		return drop(skb, p, at, FW_DROP_FLOOD);
	return station_to_all_outside(skb, p, at);
silence:
	set_verdict(skb, VERDICT_DROP, FW_DROP_MULTICAST);
	return TC_ACT_SHOT;
}

/* What an endpoint sends to all. Its rules are asked about each packet. */
__noinline int station_to_group(struct __sk_buff *skb, struct packet *p, struct place *at)
{
	struct fw_network *network = at ? network_row(at->network) : NULL;
	struct fw_port *port = at ? port_row(at->in_port) : NULL;
	__u32 reason;

	if (!p || !network || !port)
		return TC_ACT_SHOT;
	/* The next hop carries no groups. */
	if (network->flags & FW_NETWORK_HAIRPIN)
		return drop(skb, p, at, FW_DROP_MULTICAST);
	if (is_policed(port, network)) {
		reason = judge_local(p, at, true);
		if (reason)
			return drop(skb, p, at, reason);
	}
	if (port->flags & FW_PORT_LEASES && is_dhcp(p, DHCP_CLIENT, DHCP_SERVER)) {
		/* No neighbour is a server. */
		if (!may_flood(at->in_port, 1))
			return drop(skb, p, at, FW_DROP_FLOOD);
		hear_client(skb, p, at->in_port);
	} else if (!(port->flags & FW_PORT_APART) && flood(skb, at->network, at->in_port) < 0) {
		return drop(skb, p, at, FW_DROP_FLOOD);
	}
	return station_to_all_outside(skb, p, at);
}

/* What an endpoint sends to one: an endpoint of its network, the host, or somebody outside. */
__noinline int station_to_one(struct __sk_buff *skb, struct packet *p, struct place *at)
{
	struct fw_network *network = at ? network_row(at->network) : NULL;
	struct fw_address_key target = {};
	struct fw_address_row *row;
	struct fw_port *port = at ? port_row(at->in_port) : NULL, *to = NULL;
	bool policed;

	if (!p || !network || !port)
		return TC_ACT_SHOT;
	if (is_unspecified(&p->key.destination) || is_loopback(&p->key.destination))
		return drop(skb, p, at, FW_DROP_ISOLATED);
	if (p->version == 4 && lease_ran_out(at->in_port, port))
		return drop(skb, p, at, FW_DROP_SOURCE_ADDRESS);
	if (port->flags & FW_PORT_LEASES && is_dhcp(p, DHCP_CLIENT, DHCP_SERVER))
		hear_client(skb, p, at->in_port);
	policed = is_policed(port, network);
	if (!(network->flags & FW_NETWORK_HAIRPIN)) {
		target.network = at->network;
		target.address = p->key.destination;
		row = bpf_map_lookup_elem(&addresses, &target);
		if (row) {
			at->out_port = row->port;
			to = live_port(row->port, at->network);
			if (!to)
				return drop(skb, p, at, FW_DROP_PORT_CLOSED);
			if (are_apart(port, to))
				return drop(skb, p, at, FW_DROP_ISOLATED);
			policed |= to->flags & FW_PORT_POLICED;
		}
	}
	if (policed)
		return POLICED;
	notice(skb, p, at);
	count_out(skb, at->in_port);
	return to ? to_port(skb, at->out_port, to, NULL, true) : leave_segment(skb, p, at);
}

/* The MAC that answers for an endpoint on a segment, towards the wire or towards the host; false when there is no such endpoint. */
static __always_inline bool answers_for(const struct packet *p, const struct place *at, const struct fw_network *network, const struct fw_address *target, struct fw_mac *mac)
{
	struct fw_address_key key = { .network = at->network, .address = *target };
	struct fw_address_row *row = bpf_map_lookup_elem(&addresses, &key);
	struct fw_port *port = row ? live_port(row->port, at->network) : NULL;

	if (!port)
		return false;
	__builtin_memcpy(mac->byte, p->from == FROM_WIRE && network->flags & FW_NETWORK_ONE_MAC ? network->uplink_mac : port->mac, 6);
	return true;
}

/* Back to who asked: out of the device, or into it. */
static __always_inline int answer_outsider(struct __sk_buff *skb, const struct packet *p)
{
	set_verdict(skb, VERDICT_ANSWER, skb->ifindex);
	return bpf_redirect(skb->ifindex, p->from == FROM_WIRE ? 0 : BPF_F_INGRESS);
}

/* To an endpoint, as it is but for the tag. */
static __always_inline int outsider_to_station(struct __sk_buff *skb, const struct packet *p, struct place *at, const struct fw_network *network)
{
	struct fw_port *port = live_port(at->out_port, at->network);

	if (!port)
		return drop(skb, p, at, FW_DROP_PORT_CLOSED);
	if (!untag(skb))
		return TC_ACT_SHOT;
	return to_port(skb, at->out_port, port, mac_towards(network), p->from == FROM_WIRE);
}

/* Questions about endpoints are answered, answers to them delivered, announcements told to all of them. */
__noinline int outsider_arp(struct __sk_buff *skb, const struct packet *p, struct place *at)
{
	struct fw_network *network = at ? network_row(at->network) : NULL;
	struct fw_address target = {};
	struct fw_mac mac = {};
	struct fw_address_key key = {};
	struct fw_address_row *row;
	struct fw_port *port;
	struct arp *arp;
	__u32 sender4, target4;
	bool request;

	if (!p || !network)
		return TC_ACT_SHOT;
	arp = read_arp(skb);
	if (!arp)
		return NOT_FOLLOWED;
	__builtin_memcpy(&sender4, arp->sender, 4);
	__builtin_memcpy(&target4, arp->target, 4);
	request = arp->operation == bpf_htons(ARP_REQUEST);
	set_address4(&target, target4);
	if (request && sender4 != target4) {
		if (!answers_for(p, at, network, &target, &mac))
			return NOT_FOLLOWED;
		turn_arp(arp, mac.byte);
		return answer_outsider(skb, p);
	}
	/* An announcement: somebody has moved. */
	if (p->marks & PACKET_GROUP) {
		flood(skb, at->network, 0);
		return NOT_FOLLOWED;
	}
	key.network = at->network;
	key.address = target;
	row = bpf_map_lookup_elem(&addresses, &key);
	port = row ? live_port(row->port, at->network) : NULL;
	if (!port)
		return NOT_FOLLOWED;
	at->out_port = row->port;
	__builtin_memcpy(arp->target_mac, port->mac, 6);
	return outsider_to_station(skb, p, at, network);
}

/* Not told to endpoints: who routes (their gateway is known), who wants to hear groups, who wants a lease. */
static __always_inline bool is_for_endpoints(const struct packet *p)
{
	if (p->version == 6 && p->key.protocol == IPPROTO_ICMPV6)
		return p->icmp_type != ROUTER_SOLICITATION && p->icmp_type != ROUTER_ADVERTISEMENT && p->icmp_type != NEIGHBOUR_SOLICITATION &&
		       p->icmp_type != 131 && p->icmp_type != 132 && p->icmp_type != 143;
	if (p->key.protocol == IPPROTO_UDP && !(p->marks & PACKET_LATER_FRAGMENT))
		return p->key.destination_port != bpf_htons(67) && p->key.destination_port != bpf_htons(68) &&
		       p->key.destination_port != bpf_htons(546) && p->key.destination_port != bpf_htons(547);
	return true;
}

static __always_inline bool is_solicitation(const struct packet *p)
{
	return is_neighbour_discovery(p) && p->icmp_type == NEIGHBOUR_SOLICITATION;
}

/* IP from the wire or from the host. The frame of the endpoint's own MAC is for it, with one MAC that of the uplink's. */
__noinline int outsider_ip(struct __sk_buff *skb, struct packet *p, struct place *at)
{
	struct fw_network *network = at ? network_row(at->network) : NULL;
	struct fw_address_key target = {};
	struct fw_address_row *row;
	struct fw_port *port;
	struct ethhdr *eth;
	struct fw_mac mac = {};

	if (!p || !network)
		return TC_ACT_SHOT;
	if (is_solicitation(p) && read_target(skb, p, &target.address) && answers_for(p, at, network, &target.address, &mac))
		return advertise(skb, p, &mac) ? drop(skb, p, at, FW_DROP_MALFORMED) : answer_outsider(skb, p);
	if (is_dhcp(p, DHCP_SERVER, DHCP_CLIENT)) {
		at->out_port = lease_of(skb, p, at->network);
		if (at->out_port)
			return outsider_to_station(skb, p, at, network);
	}
	if (p->marks & PACKET_GROUP) {
		if (is_for_endpoints(p))
			flood(skb, at->network, 0);
		return NOT_FOLLOWED;
	}
	target.network = at->network;
	target.address = p->key.destination;
	row = bpf_map_lookup_elem(&addresses, &target);
	port = row ? live_port(row->port, at->network) : NULL;
	if (!port)
		return NOT_FOLLOWED;
	eth = frame(skb);
	if ((void *)(eth + 1) > frame_end(skb))
		return TC_ACT_SHOT;
	if (p->from == FROM_WIRE && !same_mac(eth->h_dest, network->flags & FW_NETWORK_ONE_MAC ? network->uplink_mac : port->mac))
		return NOT_FOLLOWED;
	if (p->version == 4 && lease_ran_out(row->port, port))
		return NOT_FOLLOWED;
	at->out_port = row->port;
	p->key.scope = at->network;
	if (!is_policed(port, network)) {
		notice(skb, p, at);
		return outsider_to_station(skb, p, at, network);
	}
	return untag(skb) ? POLICED : TC_ACT_SHOT;
}

static __always_inline struct fw_network *segment_at(struct __sk_buff *skb, struct place *at)
{
	struct fw_segment_key key = { .uplink = skb->ifindex, .vlan = vlan_of(skb) };
	__u32 *number = bpf_map_lookup_elem(&segments, &key);
	struct fw_network *network;

	if (!number)
		return NULL;
	at->network = *number;
	network = network_row(*number);
	return network && (network->flags & (FW_NETWORK_LIVE | FW_NETWORK_SEGMENT)) == (FW_NETWORK_LIVE | FW_NETWORK_SEGMENT) ? network : NULL;
}

/* Whether a frame at an uplink comes from an endpoint of its segment: on its way to the wire, or to the host by to_segment(). */
static __always_inline bool is_of_station(struct __sk_buff *skb, const struct packet *p, const struct place *at)
{
	__u32 ingress = skb->ingress_ifindex, *number;
	struct ethhdr *eth = frame(skb);
	struct fw_port *port;

	/* A neighbour with the MAC of an endpoint reaches nobody but the host either. */
	if (p->from == FROM_WIRE)
		return (void *)(eth + 1) > frame_end(skb) || station_of(at->network, eth->h_source);
	number = ingress ? bpf_map_lookup_elem(&links, &ingress) : NULL;
	port = number ? port_row(*number) : NULL;
	return port && port->network == at->network;
}

/*
 * A frame that an uplink receives or that leaves by it. NOT_FOLLOWED when none of our endpoints is meant: it is for the host, or for the wire.
 */
__noinline int from_outsider(struct __sk_buff *skb, struct packet *p, struct place *at)
{
	struct fw_network *network = at ? segment_at(skb, at) : NULL;
	struct ethhdr *eth;

	/* What the host sends to endpoints behind a next hop goes there as well. */
	if (!p || !network || is_of_station(skb, p, at) || (p->from == FROM_HOST && network->flags & FW_NETWORK_HAIRPIN))
		return NOT_FOLLOWED;
	eth = frame(skb);
	if ((void *)(eth + 1) > frame_end(skb))
		return NOT_FOLLOWED;
	p->ether_type = bpf_ntohs(skb->protocol);
	if (eth->h_dest[0] & 1)
		p->marks |= PACKET_GROUP;
	if (p->ether_type == ETH_P_ARP)
		return outsider_arp(skb, p, at);
	if ((p->ether_type != ETH_P_IP && p->ether_type != ETH_P_IPV6) || !parse(skb, p))
		return NOT_FOLLOWED;
	return outsider_ip(skb, p, at);
}

static __always_inline int handle_to_uplink(struct __sk_buff *skb)
{
	struct packet p = { .l3 = ETH_HLEN, .from = FROM_HOST };
	struct place at = {};
	int action = from_outsider(skb, &p, &at);

	if (action == POLICED)
		return handle_local(skb, &p, &at);
	return action == NOT_FOLLOWED ? pass(skb) : action;
}

#endif
