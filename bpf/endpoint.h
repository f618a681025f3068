/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* What an endpoint (or the resolver) sends: port security, then the neighbours, the host, the outside. */
#ifndef FAIRWAY_ENDPOINT_H
#define FAIRWAY_ENDPOINT_H

#include "limit.h"
#include "neighbour.h"
#include "local.h"
#include "stations.h"

/* Messages only a router or a DHCP server sends: one container must not reconfigure the others. */
static __always_inline bool is_rogue(const struct packet *p)
{
	switch (p->key.protocol) {
	case IPPROTO_ICMPV6:
		return p->icmp_type == ROUTER_ADVERTISEMENT || p->icmp_type == REDIRECT;
	case IPPROTO_ICMP:
		return p->icmp_type == ICMP_REDIRECT || p->icmp_type == ICMP_ROUTER_ADVERTISEMENT;
	case IPPROTO_UDP:
		return p->version == 4 ? p->key.source_port == bpf_htons(67) && p->key.destination_port == bpf_htons(68)
				       : p->key.source_port == bpf_htons(547) && p->key.destination_port == bpf_htons(546);
	}
	return false;
}

/* Who has no address yet asks for one from none. */
static __always_inline bool asks_for_lease(const struct packet *p, const struct fw_port *port)
{
	return port->flags & FW_PORT_LEASES && is_dhcp(p, DHCP_CLIENT, DHCP_SERVER) && is_unspecified(&p->key.source) && p->marks & PACKET_GROUP;
}

/* Frames for everybody: solicitations are answered, the rest is not carried. */
static __always_inline int from_endpoint_to_group(struct __sk_buff *skb, struct packet *p, struct place *at)
{
	struct fw_network *network = network_row(at->network);

	if (network && network->flags & FW_NETWORK_SEGMENT)
		return is_chatter(p) ? station_chatters(skb, p, at) : station_to_group(skb, p, at);
	if (is_chatter(p)) {
		set_verdict(skb, VERDICT_DROP, FW_DROP_MULTICAST);
		return TC_ACT_SHOT;
	}
	return drop(skb, p, at, FW_DROP_MULTICAST);
}

/*
 * The resolver's port speaks DNS and nothing else. Its refusals are kept back: a daemon that restarts is a pause, not an answer. A
 * reset of sequence 0 refuses a SYN (RFC 9293, 3.10.7.1); any other ends a connection that has gone with the old daemon.
 */
static __always_inline bool is_answer_of_resolver(struct __sk_buff *skb, const struct packet *p)
{
	__be32 sequence = 0;

	if (p->key.source_port != bpf_htons(53))
		return false;
	if (p->key.protocol == IPPROTO_UDP)
		return true;
	if (p->key.protocol != IPPROTO_TCP)
		return false;
	return !(p->tcp_flags & TCP_RST) || (!bpf_skb_load_bytes(skb, p->l4 + 4, &sequence, 4) && sequence);
}

/* Not static, for its stack would be everybody's. */
__noinline int is_balanced(const struct packet *p)
{
	struct fw_publication *publication;

	if (!p)
		return 0;
	publication = find_publication(&p->key.destination, p->key.destination_port, p->key.protocol);
	return publication && publication->flags & FW_PUBLICATION_BALANCED;
}

/*
 * Names are answered by the network's resolver whatever server they are asked of: a container's own settings, or Docker's resolver, which asks the
 * servers of the host from inside the container, would know nothing of the network. Servers among the neighbours are left alone, and
 * those behind a load balancer, which somebody has set up for questions.
 */
static __always_inline bool is_question(const struct packet *p, const struct fw_network *network)
{
	const struct fw_address *gateway = p->version == 4 ? &network->gateway4 : &network->gateway6;

	if (p->key.destination_port != bpf_htons(53) || (p->key.protocol != IPPROTO_UDP && p->key.protocol != IPPROTO_TCP) || no_address(gateway))
		return false;
	return p->marks & PACKET_TO_GATEWAY || same_address(&p->key.destination, gateway) || !is_balanced(p);
}

/* Nobody stands at a source: what a backend says about a packet that came from there is for who called. */
static __always_inline int to_source(struct __sk_buff *skb, struct packet *p, struct place *at)
{
	int action = p->marks & PACKET_ICMP_ERROR ? follow_error(skb, p, at) : NOT_FOLLOWED;

	return action == NOT_FOLLOWED ? drop(skb, p, at, FW_DROP_NO_SUCH_ENDPOINT) : action;
}

static __always_inline int to_neighbour(struct __sk_buff *skb, struct packet *p, struct place *at, __u32 number, const struct fw_port *port, bool policed)
{
	struct fw_port *target = port_row(number);

	at->out_port = number;
	if (!target || !(target->flags & FW_PORT_LIVE) || target->network != at->network)
		return drop(skb, p, at, FW_DROP_PORT_CLOSED);
	if (target->flags & FW_PORT_SOURCE)
		return to_source(skb, p, at);
	if (are_apart(port, target))
		return drop(skb, p, at, FW_DROP_ISOLATED);
	if (policed || target->flags & FW_PORT_POLICED)
		return handle_local(skb, p, at);
	notice(skb, p, at);
	count_out(skb, at->in_port);
	return to_port(skb, number, target, NULL, true);
}

/* Whether another host has the destination, or a next hop towards it. */
__noinline int is_elsewhere(const struct packet *p, const struct place *at)
{
	struct fw_address hop;

	if (!p || !at)
		return 0;
	if (remote_row(at->network, &p->key.destination))
		return 1;
	return p->marks & PACKET_OWN_WAYS && find_remote_hop(at->in_port, &p->key.destination, &hop) && !is_host_address(&p->key.destination);
}

/* To another host: an action, POLICED, or NOT_FOLLOWED when none has the destination. */
__noinline int leave_to_remote(struct __sk_buff *skb, struct packet *p, struct place *at)
{
	struct fw_network *network = at ? network_row(at->network) : NULL;
	struct fw_port *port = at ? port_row(at->in_port) : NULL;

	if (!p || !network || !port)
		return TC_ACT_SHOT;
	if (is_gateway(p, network) || !is_elsewhere(p, at))
		return NOT_FOLLOWED;
	if (port->flags & FW_PORT_APART && remote_row(at->network, &p->key.destination))
		return drop(skb, p, at, FW_DROP_ISOLATED);
	p->from = FROM_TUNNEL;
	if (is_policed(port, network))
		return POLICED;
	if (too_big(skb, p, network->mtu))
		return refuse_too_big(skb, p, at, p->version == 4 ? &network->gateway4 : &network->gateway6, network->mtu);
	notice(skb, p, at);
	count_out(skb, at->in_port);
	return to_remote(skb, p, at);
}

/* Everything that is not a neighbour's or a known connection's: the host's addresses, its publications, other networks, the outside. */
__noinline int leave(struct __sk_buff *skb, struct packet *p, struct place *at)
{
	struct fw_network *network = at ? network_row(at->network) : NULL;
	struct fw_publication *publication;
	struct fw_port *port;
	__u32 reason;
	bool gateway;

	if (!p || !at || !network)
		return TC_ACT_SHOT;
	gateway = is_gateway(p, network);
	at->epoch = current_epoch();
	if (network->flags & (FW_NETWORK_NAT | FW_NETWORK_OVERLAY) && (p->key.protocol == IPPROTO_UDP || (p->key.protocol == IPPROTO_TCP && p->tcp_flags & TCP_SYN))) {
		publication = find_publication(&p->key.destination, p->key.destination_port, p->key.protocol);
		/* What an overlay network has of the host's own is not its business. */
		if (publication && (network->flags & FW_NETWORK_NAT || publication->flags & FW_PUBLICATION_BALANCED) && !is_for_host_socket(skb, p)) {
			reason = admit(p, at, publication);
			return reason ? drop(skb, p, at, reason) : open_published(skb, p, at, publication);
		}
	}
	if (!gateway && !(network->flags & (FW_NETWORK_NAT | FW_NETWORK_HOST_ROUTE)) && !(p->marks & PACKET_OWN_WAYS))
		return drop(skb, p, at, FW_DROP_ISOLATED);
	if (gateway || is_host_address(&p->key.destination)) {
		if (!(network->flags & FW_NETWORK_HOST))
			return drop(skb, p, at, FW_DROP_ISOLATED);
		port = port_row(at->in_port);
		if (port && is_policed(port, network))
			return POLICED;
		notice(skb, p, at);
		count_out(skb, at->in_port);
		return to_host(skb, at->network, network);
	}
	if (!(network->flags & FW_NETWORK_NAT) && !(p->marks & PACKET_OWN_WAYS))
		return drop(skb, p, at, FW_DROP_ISOLATED);
	if (p->marks & PACKET_ICMP_ERROR)
		return drop(skb, p, at, FW_DROP_INVALID_STATE);
	return open_outbound(skb, p, at);
}

/* A packet whose source is the port's own. */
static __always_inline int from_endpoint_ip(struct __sk_buff *skb, struct packet *p, struct place *at, const struct fw_port *port)
{
	struct fw_address_key target = { .network = port->network, .address = p->key.destination };
	struct fw_network *network = network_row(port->network);
	struct fw_address_row *row;
	bool tracked, policed;
	int action;

	if (!network || !(network->flags & FW_NETWORK_LIVE))
		return drop(skb, p, at, FW_DROP_PORT_CLOSED);
	if (port->ways)
		p->marks |= PACKET_OWN_WAYS;
	if (network->flags & FW_NETWORK_SEGMENT && !(p->marks & PACKET_OWN_WAYS && is_translated_station(p, at)))
		goto segment;
	policed = is_policed(port, network);
	tracked = policed || port->flags & FW_PORT_PUBLISHED;
	/* An answer to somebody who came through a publication, perhaps from this very network; or access rules have been asked already. */
	if (tracked && (!is_fragment(p) || know_fragment(p, at->in_port))) {
		action = follow_known(skb, p, at);
		if (action != NOT_FOLLOWED)
			return action;
	}
	row = bpf_map_lookup_elem(&addresses, &target);
	if (row && row->port < FW_RESOLVER_PORT)
		return to_neighbour(skb, p, at, row->port, port, policed);
	if (row)
		p->marks |= PACKET_TO_GATEWAY;
	if (port->flags & FW_PORT_RESOLVER)
		return drop(skb, p, at, FW_DROP_NO_SUCH_ENDPOINT);
	if (is_unspecified(&p->key.destination) || is_loopback(&p->key.destination) || is_link_local6(&p->key.destination))
		return drop(skb, p, at, FW_DROP_ISOLATED);
	if (network->flags & FW_NETWORK_OVERLAY) {
		action = leave_to_remote(skb, p, at);
		if (action == POLICED)
			return handle_local(skb, p, at);
		if (action != NOT_FOLLOWED)
			return action;
	}
	if (is_question(p, network))
		return to_neighbour(skb, p, at, FW_RESOLVER_PORT + at->network, port, policed);
	if (is_fragment(p) && !know_fragment(p, at->in_port))
		return drop(skb, p, at, FW_DROP_UNKNOWN_FRAGMENT);
	if (!tracked) {
		action = follow_known(skb, p, at);
		if (action != NOT_FOLLOWED)
			return action;
	}
	if (p->marks & PACKET_ICMP_ERROR) {
		action = follow_error(skb, p, at);
		if (action != NOT_FOLLOWED)
			return action;
	}
	action = leave(skb, p, at);
	return action == POLICED ? handle_local(skb, p, at) : conclude(skb, p, at, action);
segment:
	action = station_to_one(skb, p, at);
	return action == POLICED ? handle_local(skb, p, at) : action;
}

/*
 * By a row of the port's own. A neighbour's is not for this port to end, as stale, nor to keep from expiring, and what it says of its
 * fragments is not for this port to say.
 */
static __always_inline int follow_called(struct __sk_buff *skb, struct packet *p, struct place *at)
{
	__u32 zero = 0;
	struct opening *o = bpf_map_lookup_elem(&openings, &zero);
	struct fw_flow *flow;

	if (!o || !has_ports(p))
		return NOT_FOLLOWED;
	o->other_key = p->key;
	flow = bpf_map_lookup_elem(&flows, &o->other_key);
	if (!flow || flow->in_port != at->in_port)
		return NOT_FOLLOWED;
	if (p->marks & PACKET_FIRST_FRAGMENT)
		know_fragment(p, at->in_port);
	return follow_by(skb, p, at, &o->other_key);
}

/*
 * From an address that is not the port's own: an answer to who called a load balancer that keeps its destinations, and nothing else. Only
 * such connections have rows by which the port sends from another's address.
 */
__noinline int send_as_called(struct __sk_buff *skb, struct packet *p, struct place *at)
{
	struct fw_port *port = at ? port_row(at->in_port) : NULL;
	struct fw_network *network;
	int action;

	network = port ? network_row(port->network) : NULL;
	if (!p || !at || !port || !network)
		return TC_ACT_SHOT;
	if (is_neighbour_discovery(p) && p->icmp_type == NEIGHBOUR_SOLICITATION && may_ask_as_called(port, network))
		return answer_solicitation(skb, p, at);
	if (p->marks & PACKET_GROUP || (p->marks & PACKET_LATER_FRAGMENT && !know_fragment(p, at->in_port)))
		return drop(skb, p, at, FW_DROP_SOURCE_ADDRESS);
	if (port->flags & FW_PORT_LIMITED && !is_within_limit(at->in_port, skb->len))
		return drop(skb, p, at, FW_DROP_RATE_LIMIT);
	p->from = FROM_CALLED;
	action = follow_called(skb, p, at);
	if (action == NOT_FOLLOWED && p->marks & PACKET_ICMP_ERROR)
		action = follow_error(skb, p, at);
	return action == NOT_FOLLOWED ? drop(skb, p, at, FW_DROP_SOURCE_ADDRESS) : action;
}

static __always_inline int handle_from_endpoint(struct __sk_buff *skb, __u32 number)
{
	struct packet p = { .l3 = ETH_HLEN };
	struct place at = { .in_port = number };
	struct fw_port *port = port_row(number);
	struct ethhdr *eth = frame(skb);
	int action;

	if ((void *)(eth + 1) > frame_end(skb))
		return drop(skb, &p, &at, FW_DROP_MALFORMED);
	p.ether_type = bpf_ntohs(eth->h_proto);
	if (!port || !(port->flags & FW_PORT_LIVE))
		return drop(skb, &p, &at, FW_DROP_PORT_CLOSED);
	at.network = port->network;
	p.key.scope = port->network;
	if (!same_mac(eth->h_source, port->mac))
		return drop(skb, &p, &at, FW_DROP_SOURCE_MAC);
	if (skb->vlan_present)
		return drop(skb, &p, &at, FW_DROP_PROTOCOL);
	if (eth->h_dest[0] & 1)
		p.marks |= PACKET_GROUP;
	if (p.ether_type == ETH_P_ARP) {
		action = answer_arp(skb, &p, &at);
		return action == ASK_SEGMENT ? station_asks(skb, &p, &at) : action;
	}
	if (p.ether_type != ETH_P_IP && p.ether_type != ETH_P_IPV6)
		return drop(skb, &p, &at, FW_DROP_PROTOCOL);
	if (!parse(skb, &p))
		return drop(skb, &p, &at, FW_DROP_MALFORMED);
	if (port->flags & FW_PORT_TOLD && is_dhcp(&p, DHCP_CLIENT, DHCP_SERVER)) {
		set_verdict(skb, VERDICT_DROP, FW_DROP_MULTICAST);
		return TC_ACT_SHOT;
	}
	/* The resolver answers in the name of the server that was asked. */
	if (!owns(port, number, &p.key.source) && !(port->flags & FW_PORT_RESOLVER) &&
	    !(is_neighbour_discovery(&p) && (no_address(&p.key.source) || is_link_local6(&p.key.source))) &&
	    !asks_for_lease(&p, port) &&
	    !(is_chatter(&p) && (p.version == 4 || no_address(&p.key.source) || is_link_local6(&p.key.source))))
		return port->flags & FW_PORT_PUBLISHED ? send_as_called(skb, &p, &at) : drop(skb, &p, &at, FW_DROP_SOURCE_ADDRESS);
	if (p.version == 6 && p.key.protocol == IPPROTO_ICMPV6 && p.icmp_type == NEIGHBOUR_SOLICITATION) {
		action = answer_solicitation(skb, &p, &at);
		return action == ASK_SEGMENT ? station_asks(skb, &p, &at) : action;
	}
	if (is_rogue(&p))
		return drop(skb, &p, &at, FW_DROP_ROGUE_SERVICE);
	if (port->flags & FW_PORT_LIMITED && !is_within_limit(number, skb->len))
		return drop(skb, &p, &at, FW_DROP_RATE_LIMIT);
	/* Chatter may come from an address that is not the sender's own, so it goes nowhere, to whomever it is addressed. */
	if (p.marks & PACKET_GROUP || is_chatter(&p))
		return from_endpoint_to_group(skb, &p, &at);
	if (port->flags & FW_PORT_RESOLVER && !is_answer_of_resolver(skb, &p)) {
		set_verdict(skb, VERDICT_DROP, FW_DROP_PROTOCOL);
		return TC_ACT_SHOT;
	}
	return from_endpoint_ip(skb, &p, &at, port);
}

#endif
