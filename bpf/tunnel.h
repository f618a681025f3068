/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * What other hosts send. A packet is taken when its virtual subnet is a network's, and when the endpoint it says it is from is where it came
 * from: nobody speaks for a third host, nor for one of our own endpoints.
 */
#ifndef FAIRWAY_TUNNEL_H
#define FAIRWAY_TUNNEL_H

#include "endpoint.h"
#include "underlay.h"

/* The row of an endpoint of the host that sent the packet, or NULL. A prefix of another host may have addresses of ours within it. */
static __always_inline struct fw_remote *row_of_sender(__u32 network, const struct fw_address *source, const struct sender *sender)
{
	struct fw_address_key key = { .network = network, .address = *source };
	struct fw_remote *remote = remote_row(network, source);

	return remote && same_address(&remote->provider, &sender->provider) && !bpf_map_lookup_elem(&addresses, &key) ? remote : NULL;
}

/* The live port of an address, or NULL. */
static __always_inline struct fw_port *port_of(__u32 network, const struct fw_address *address, __u32 *number)
{
	struct fw_address_key key = { .network = network, .address = *address };
	struct fw_address_row *row = bpf_map_lookup_elem(&addresses, &key);
	struct fw_port *port;

	if (!row || row->port >= FW_RESOLVER_PORT)
		return NULL;
	*number = row->port;
	port = port_row(row->port);
	return port && port->flags & FW_PORT_LIVE && port->network == network ? port : NULL;
}

/* The four below are not static: their keys would stand on the stack of everything that comes after them. */

__noinline int is_of_sender(const struct packet *p, const struct place *at, const struct sender *sender)
{
	return p && at && sender && row_of_sender(at->network, &p->key.source, sender);
}

/* Whether a packet came from the next hop by which its receiver reaches the sender. */
__noinline int is_of_hop(const struct packet *p, struct place *at, const struct sender *sender)
{
	struct fw_address_key key = {};
	struct fw_remote *remote;
	struct fw_way way;

	if (!p || !at || !sender || !port_of(at->network, &p->key.destination, &at->out_port))
		return 0;
	if (!(find_way(at->out_port, &p->key.source, &way) & FW_WAY_ENCAPSULATED) || is_host_address(&p->key.source))
		return 0;
	key.network = at->network;
	key.address = p->key.source;
	remote = remote_row(at->network, &way.next_hop);
	return remote && same_address(&remote->provider, &sender->provider) && !bpf_map_lookup_elem(&addresses, &key) && !remote_row(at->network, &p->key.source);
}

/* The network whose virtual subnet a packet came by, or 0. */
__noinline __u32 network_of(const struct sender *sender, __u32 udp_port)
{
	struct fw_virtual_subnet_key key = { .port = udp_port };
	__u32 *number;

	if (!sender)
		return 0;
	key.id = sender->virtual_subnet;
	number = bpf_map_lookup_elem(&virtual_subnets, &key);
	return number ? *number : 0;
}

/* Notes the live port that a packet is addressed to. */
__noinline int find_port(const struct packet *p, struct place *at)
{
	return p && at && port_of(at->network, &p->key.destination, &at->out_port);
}

/* A bridge on another host asks who has an address. */
__noinline int answer_remote_arp(struct __sk_buff *skb, const struct packet *p, struct place *at, const struct sender *sender)
{
	struct fw_address asker, target;
	struct fw_remote *remote;
	struct fw_port *port;
	struct arp *arp;
	__u32 word;

	if (!p || !at || !sender)
		return TC_ACT_SHOT;
	arp = read_arp(skb);
	if (!arp)
		return drop(skb, p, at, FW_DROP_MALFORMED);
	if (arp->operation != bpf_htons(ARP_REQUEST))
		return drop(skb, p, at, FW_DROP_MULTICAST);
	__builtin_memcpy(&word, arp->sender, 4);
	set_address4(&asker, word);
	__builtin_memcpy(&word, arp->target, 4);
	set_address4(&target, word);
	remote = row_of_sender(at->network, &asker, sender);
	if (!remote)
		return drop(skb, p, at, FW_DROP_TUNNEL);
	port = port_of(at->network, &target, &at->out_port);
	if (!port)
		return drop(skb, p, at, FW_DROP_NO_SUCH_ENDPOINT);
	arp = read_arp(skb);
	if (!arp)
		return TC_ACT_SHOT;
	turn_arp(arp, port->mac);
	return encapsulate(skb, skb->ifindex, sender->virtual_subnet, &remote->provider, &remote->local);
}

__noinline int answer_remote_solicitation(struct __sk_buff *skb, const struct packet *p, struct place *at, const struct sender *sender)
{
	struct fw_mac answer = {};
	struct fw_address target;
	struct fw_remote *remote;
	struct fw_port *port;

	if (!p || !at || !sender)
		return TC_ACT_SHOT;
	remote = row_of_sender(at->network, &p->key.source, sender);
	if (!remote)
		return drop(skb, p, at, FW_DROP_TUNNEL);
	port = read_target(skb, p, &target) ? port_of(at->network, &target, &at->out_port) : NULL;
	if (!port)
		return drop(skb, p, at, FW_DROP_NO_SUCH_ENDPOINT);
	__builtin_memcpy(answer.byte, port->mac, 6);
	if (advertise(skb, p, &answer))
		return drop(skb, p, at, FW_DROP_MALFORMED);
	return encapsulate(skb, skb->ifindex, sender->virtual_subnet, &remote->provider, &remote->local);
}

/* What a backend on this other host answers to a caller of a load balancer, or another host says about what was sent there. */
__noinline int follow_answer(struct __sk_buff *skb, struct packet *p, struct place *at)
{
	__u32 zero = 0;
	struct opening *o = bpf_map_lookup_elem(&openings, &zero);
	int action;

	if (!p || !at || !o)
		return TC_ACT_SHOT;
	if (is_fragment(p) && !know_fragment(p, at->in_port))
		return NOT_FOLLOWED;
	o->other_key = p->key;
	action = follow_by(skb, p, at, &o->other_key);
	return action == NOT_FOLLOWED && p->marks & PACKET_ICMP_ERROR ? follow_error(skb, p, at) : action;
}

static __always_inline int from_tunnel_ip(struct __sk_buff *skb, struct packet *p, struct place *at, const struct fw_network *network)
{
	struct fw_port *port = find_port(p, at) ? port_row(at->out_port) : NULL;
	struct ethhdr *eth = frame(skb);
	int action;

	if ((void *)(eth + 1) > frame_end(skb))
		return TC_ACT_SHOT;
	/* A bridge that has forgotten a MAC sends to every host. */
	if (!port || (!same_mac(eth->h_dest, port->mac) && !same_mac(eth->h_dest, network->gateway_mac)))
		return drop(skb, p, at, FW_DROP_NO_SUCH_ENDPOINT);
	if (port->flags & FW_PORT_SOURCE) {
		action = follow_answer(skb, p, at);
		return action == NOT_FOLLOWED ? drop(skb, p, at, FW_DROP_NO_SUCH_ENDPOINT) : action;
	}
	if (p->marks & PACKET_OF_REMOTE && port->flags & FW_PORT_APART)
		return drop(skb, p, at, FW_DROP_ISOLATED);
	if (is_policed(port, network))
		return handle_local(skb, p, at);
	if (has_connections(at->out_port)) {
		action = follow_answer(skb, p, at);
		if (action != NOT_FOLLOWED)
			return action;
	}
	notice(skb, p, at);
	return to_port(skb, at->out_port, port, network->gateway_mac, true);
}

/* A frame of another host, of the network that its virtual subnet is. */
static __always_inline int from_tunnel_frame(struct __sk_buff *skb, struct packet *p, struct place *at, const struct sender *sender)
{
	struct fw_network *network = network_row(at->network);

	p->key.scope = at->network;
	if (!network || !(network->flags & FW_NETWORK_LIVE))
		return drop(skb, p, at, FW_DROP_PORT_CLOSED);
	if (skb->vlan_present)
		return drop(skb, p, at, FW_DROP_PROTOCOL);
	if (p->ether_type == ETH_P_ARP)
		return answer_remote_arp(skb, p, at, sender);
	if (p->ether_type != ETH_P_IP && p->ether_type != ETH_P_IPV6)
		return drop(skb, p, at, FW_DROP_PROTOCOL);
	if (!parse(skb, p))
		return drop(skb, p, at, FW_DROP_MALFORMED);
	if (is_neighbour_discovery(p) && p->icmp_type == NEIGHBOUR_SOLICITATION)
		return answer_remote_solicitation(skb, p, at, sender);
	if (p->marks & PACKET_GROUP || is_chatter(p)) {
		/* Every stack of a bridge over there sends some, and no endpoint is waiting for it. */
		set_verdict(skb, VERDICT_DROP, FW_DROP_MULTICAST);
		return TC_ACT_SHOT;
	}
	if (is_of_sender(p, at, sender))
		p->marks |= PACKET_OF_REMOTE;
	else if (!is_of_hop(p, at, sender))
		return drop(skb, p, at, FW_DROP_TUNNEL);
	if (is_rogue(p))
		return drop(skb, p, at, FW_DROP_ROGUE_SERVICE);
	return from_tunnel_ip(skb, p, at, network);
}

/* Where it stands: the UDP port of a VXLAN device, or the kind of the uplink whose program went over to this one. */
static __always_inline int handle_from_tunnel(struct __sk_buff *skb, __u32 number)
{
	struct packet p = { .l3 = ETH_HLEN, .from = FROM_TUNNEL };
	struct sender sender = {};
	struct place at = {};
	struct ethhdr *eth;

	if (number && number <= FW_UPLINK_SHARED) {
		if (!read_wrapping(skb, &sender, &at))
			return pass(skb);
	} else if (read_sender(skb, &sender)) {
		at.network = network_of(&sender, number);
	}
	eth = frame(skb);
	if ((void *)(eth + 1) > frame_end(skb))
		return drop(skb, &p, &at, FW_DROP_MALFORMED);
	p.ether_type = bpf_ntohs(eth->h_proto);
	if (eth->h_dest[0] & 1)
		p.marks |= PACKET_GROUP;
	if (!at.network)
		return drop(skb, &p, &at, FW_DROP_TUNNEL);
	return from_tunnel_frame(skb, &p, &at, &sender);
}

#endif
