/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* The first packet of a connection that is translated or published. */
#ifndef FAIRWAY_OPEN_H
#define FAIRWAY_OPEN_H

#include "balance.h"
#include "follow.h"

#define PORT_ATTEMPTS	32
#define E_EXISTS	(-17)
#define OPENED		(-2)	/* besides the actions of a program */

/* Too large for the stack; nothing runs between on the same CPU. */
struct opening {
	struct fw_flow_key reply_key;
	struct fw_flow_key other_key;	/* kernels before 6.3 take keys from the stack and from maps only */
	struct fw_flow forward;
	struct fw_flow reply;
	struct target target;		/* of a publication */
	struct fw_way way;		/* to the outside */
	struct fw_address own;		/* the gateway's */
	__u32 keep_port;		/* the source port is translated only when it is taken */
	__u32 sourced;			/* FW_FLOW_SOURCED or 0 */
	struct fw_address caller;	/* whom the backend takes for the caller */
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct opening);
} openings SEC(".maps");

/* Whether a socket of the host itself has, or listens for, what the key describes. */
__noinline int host_has(struct __sk_buff *skb, const struct fw_flow_key *key, bool connected)
{
	struct bpf_sock_tuple tuple = {};
	struct bpf_sock *sk;
	__u32 size;
	int has;

	if (!key)
		return 0;
	if (is_address4(&key->source)) {
		tuple.ipv4.saddr = key->source.word[3];
		tuple.ipv4.daddr = key->destination.word[3];
		tuple.ipv4.sport = key->source_port;
		tuple.ipv4.dport = key->destination_port;
		size = sizeof(tuple.ipv4);
	} else {
		__builtin_memcpy(tuple.ipv6.saddr, &key->source, 16);
		__builtin_memcpy(tuple.ipv6.daddr, &key->destination, 16);
		tuple.ipv6.sport = key->source_port;
		tuple.ipv6.dport = key->destination_port;
		size = sizeof(tuple.ipv6);
	}
	if (key->protocol == IPPROTO_TCP) {
		sk = bpf_skc_lookup_tcp(skb, &tuple, size, BPF_F_CURRENT_NETNS, 0);
		if (!sk)
			return 0;
		has = !connected || sk->state != BPF_TCP_LISTEN;
		/* Keeps the compiler from sharing instructions with the other branch: the pointers differ in type. */
		asm volatile("" ::: "memory");
		bpf_sk_release(sk);
		return has;
	}
	if (key->protocol != IPPROTO_UDP)
		return 0;
	sk = bpf_sk_lookup_udp(skb, &tuple, size, BPF_F_CURRENT_NETNS, 0);
	if (!sk)
		return 0;
	has = !connected || sk->dst_port != 0;
	bpf_sk_release(sk);
	return has;
}

static __always_inline void use_port(struct opening *o, __be16 port, bool echo)
{
	o->forward.source_port = port;
	o->reply_key.destination_port = port;
	if (echo) {
		o->forward.destination_port = port;
		o->reply_key.source_port = port;
	}
}

/*
 * The same source gets the same port again when it can. A server that closed first remembers a connection for a minute and takes a
 * new one over the same ports only if its sequence numbers and timestamps go on from there, which those of another source do not:
 * with ports at random, every second connection of a busy client met such a refusal. connect() uses every other port, hence the
 * shift: 16,384 ports in a row then stand for 32,768 of them.
 */
static __always_inline __u32 first_choice(const struct opening *o)
{
	const struct fw_address *client = &o->reply.destination;
	__u32 port = bpf_ntohs(o->reply.destination_port);
	__u32 spread = (client->word[0] ^ client->word[1] ^ client->word[2] ^ client->word[3]) * 0x9e3779b1u;

	return (port >> 1 | (port & 1) << 15) + (spread >> 16);
}

/*
 * Takes the key that answers will carry, translating the source port when it is asked for or the port is taken. Whoever inserts
 * first has it. A connection that is over, or was never ended, gives its key up.
 */
__noinline int reserve(struct __sk_buff *skb, bool echo)
{
	struct fw_config *c = configuration();
	__u32 span, start, now = seconds(), zero = 0;
	struct opening *o = bpf_map_lookup_elem(&openings, &zero);
	struct fw_flow *other;
	int i, error;

	if (!o || !c)
		return FW_DROP_PORT_CLOSED;
	span = (__u32)c->nat_last - c->nat_first + 1;
	if (c->nat_last < c->nat_first || !span)
		return FW_DROP_NAT_PORTS;
	start = first_choice(o);
	for (i = 0; i < PORT_ATTEMPTS; i++) {
		if (!o->keep_port || i)
			use_port(o, bpf_htons(c->nat_first + (start + i) % span), echo);
		error = bpf_map_update_elem(&flows, &o->reply_key, &o->reply, BPF_NOEXIST);
		if (error == E_EXISTS) {
			o->other_key = o->reply_key;
			other = bpf_map_lookup_elem(&flows, &o->other_key);
			if (!other)
				continue;
			if (!(other->flags & FW_FLOW_TCP_RST) &&
			    !(other->flags & FW_FLOW_TCP_FIN && other->flags & FW_FLOW_TWIN_FIN) && !lapse(&o->other_key, other, now))
				continue;
			forget_flow(&o->other_key, other);
			error = bpf_map_update_elem(&flows, &o->reply_key, &o->reply, BPF_NOEXIST);
			if (error)
				continue;
		}
		if (error)
			return FW_DROP_FLOW_TABLE_FULL;
		if (o->reply_key.scope || !host_has(skb, &o->reply_key, false))
			return FW_DROP_NONE;
		bpf_map_delete_elem(&flows, &o->reply_key);
	}
	return FW_DROP_NAT_PORTS;
}

/* Enters both directions; the packet then follows its own flow. */
__noinline int enter(struct __sk_buff *skb, struct packet *p, struct place *at)
{
	__u32 reason, zero = 0;
	struct opening *o = bpf_map_lookup_elem(&openings, &zero);
	int error;

	if (!p || !at || !o)
		return TC_ACT_SHOT;
	if (p->key.protocol == IPPROTO_TCP && p->tcp_flags & TCP_RST)
		return drop(skb, p, at, FW_DROP_INVALID_STATE);
	o->forward.epoch = at->epoch;
	o->forward.seen = seconds();
	o->reply.epoch = o->forward.epoch;
	o->reply.seen = o->forward.seen;
	o->reply.owner = o->forward.owner;
	reason = take_place(o->forward.owner);
	if (reason)
		return drop(skb, p, at, reason);
	reason = reserve(skb, p->marks & PACKET_ECHO);
	if (reason) {
		uncount(o->forward.owner, false);
		return drop(skb, p, at, reason);
	}
	o->other_key = p->key;
	error = bpf_map_update_elem(&flows, &o->other_key, &o->forward, BPF_NOEXIST);
	if (error) {
		/* Another CPU entered the same connection, or the table is full. */
		bpf_map_delete_elem(&flows, &o->reply_key);
		uncount(o->forward.owner, false);
		if (error != E_EXISTS)
			return drop(skb, p, at, FW_DROP_FLOW_TABLE_FULL);
	}
	if (o->forward.flags & FW_FLOW_TO_PORT)
		at->out_port = o->forward.out;
	if (!error && watched())
		send_event(skb, p, at, FW_EVENT_FLOW, FW_DROP_NONE);
	return OPENED;
}

static __always_inline struct opening *new_opening(const struct packet *p)
{
	__u32 zero = 0;
	struct opening *o = bpf_map_lookup_elem(&openings, &zero);

	if (!o)
		return NULL;
	__builtin_memset(o, 0, sizeof(*o));
	o->reply_key.protocol = p->key.protocol;
	return o;
}

/* Fills in what follows from the forward row: the reply's key, and where the reply's packets lead. */
static __always_inline void complete_reply(struct opening *o, const struct packet *p)
{
	o->reply_key.source = o->forward.destination;
	o->reply_key.destination = o->forward.source;
	o->reply_key.source_port = o->forward.destination_port;
	o->reply_key.destination_port = o->forward.source_port;
	o->reply_key.scope = o->forward.twin_scope;
	o->reply.source = p->key.destination;
	o->reply.destination = p->key.source;
	o->reply.source_port = p->key.destination_port;
	o->reply.destination_port = p->key.source_port;
	o->reply.twin_scope = p->key.scope;
	o->reply.flags |= FW_FLOW_REPLY;
}

/* Prepares the way out: the source becomes the uplink's address and a port of the reserved range, unless the endpoint's ways say otherwise. */
__noinline int open_outbound(struct __sk_buff *skb, struct packet *p, struct place *at)
{
	struct fw_network *network = at ? network_row(at->network) : NULL;
	struct fw_port *port = at ? port_row(at->in_port) : NULL;
	const struct fw_address *source;
	struct fw_uplink *uplink;
	struct opening *o;
	__u32 ifindex, reason, flags;

	if (!p || !network || !port)
		return TC_ACT_SHOT;
	if (p->key.protocol != IPPROTO_TCP && p->key.protocol != IPPROTO_UDP && !(p->marks & PACKET_ECHO))
		return drop(skb, p, at, FW_DROP_PROTOCOL);
	reason = judge_out(p, at);
	if (reason)
		return drop(skb, p, at, reason);
	o = new_opening(p);
	if (!o)
		return TC_ACT_SHOT;
	flags = find_way(at->in_port, &p->key.destination, &o->way);
	if (!(flags & WAY_OUT))
		return drop(skb, p, at, FW_DROP_ISOLATED);
	o->own = p->version == 4 ? network->gateway4 : network->gateway6;
	ifindex = network->flags & FW_NETWORK_SEGMENT ? network->uplink
						      : route_of(skb, &p->key.source, flags & FW_WAY_HOP ? &o->way.next_hop : &p->key.destination, inside_of(network));
	if (!ifindex)
		return refuse_no_route(skb, p, at, &o->own, FW_DROP_NO_ROUTE);
	if (ifindex == network->host_ifindex)
		return drop(skb, p, at, FW_DROP_NO_SUCH_ENDPOINT);
	uplink = bpf_map_lookup_elem(&uplinks, &ifindex);
	if (!uplink)
		return drop(skb, p, at, FW_DROP_ISOLATED);
	if (flags & FW_WAY_UNTRANSLATED)
		source = &p->key.source;
	else if (!no_address(&o->way.source))
		source = &o->way.source;
	else
		source = p->version == 4 ? &uplink->source4 : &uplink->source6;
	if (no_address(source))
		return refuse_no_route(skb, p, at, &o->own, FW_DROP_NO_SOURCE_ADDRESS);
	o->keep_port = flags & FW_WAY_UNTRANSLATED;
	o->forward.flags = (uplink->flags & FW_UPLINK_NO_MAC ? FW_FLOW_NO_MAC : 0) | (flags & FW_WAY_HOP ? FW_FLOW_BY_HOP : 0);
	o->forward.owner = at->in_port;
	o->forward.in_port = at->in_port;
	o->forward.in_generation = port->generation;
	o->forward.out = ifindex;
	o->forward.mtu = uplink->mtu > 0xffff ? 0 : uplink->mtu;
	o->forward.source = *source;
	o->forward.destination = p->key.destination;
	o->forward.source_port = p->key.source_port;
	o->forward.destination_port = p->key.destination_port;
	o->forward.twin_scope = 0;
	o->reply.flags = FW_FLOW_TO_PORT;
	o->reply.out = at->in_port;
	o->reply.out_generation = port->generation;
	o->reply.mtu = port->mtu;
	complete_reply(o, p);
	return OPENED;
}

/* Asks the rules of both ends of a published connection: the caller's about the host address it calls, the endpoint's about its own port. */
static __always_inline __u32 judge_published(const struct packet *p, struct place *at, const struct target *target, const struct fw_address *caller)
{
	struct judging *j = judge_packet(p);
	int verdict;

	if (!j)
		return FW_DROP_POLICY_IN;
	if (at->in_port) {
		verdict = judge(at->in_port, FW_DIRECTION_OUT);
		at->out_rule = j->rule;
		if (verdict != ALLOWED)
			return FW_DROP_POLICY_OUT;
	}
	j->tuple.source = *caller;
	j->tuple.destination = target->address;
	j->tuple.destination_port = target->target_port;
	return target->port ? judge_in(j, target->port, at) : FW_DROP_NONE;
}

/* Overlay networks are closed to everybody else: who is not of it has no address that its other hosts know, but that of a source. */
static __always_inline bool is_of_another_overlay(const struct fw_network *network, const struct place *at, __u32 number)
{
	struct fw_network *callers = at->in_port ? network_row(at->network) : NULL;

	return (network->flags | (callers ? callers->flags : 0)) & FW_NETWORK_OVERLAY && at->network != number;
}

/* Whether callers from outside have an address in the backend's overlay network. Endpoints of another one stay there. */
static __always_inline bool is_sourced(const struct fw_publication *publication, const struct place *at, __u32 number)
{
	struct fw_network *callers = at->in_port ? network_row(at->network) : NULL;
	struct fw_port *source = publication->flags & FW_PUBLICATION_SOURCED ? port_row(publication->port) : NULL;

	return source && source->flags & FW_PORT_LIVE && source->flags & FW_PORT_SOURCE && source->generation == publication->generation && publication->network == number &&
	       !(callers && callers->flags & FW_NETWORK_OVERLAY);
}

/* Finds who serves a caller of a publication, and whom he takes for the caller, for open_published(). A reason when nobody may. */
__noinline int admit(struct packet *p, struct place *at, struct fw_publication *publication)
{
	struct fw_network *network;
	struct target *target;
	struct fw_port *port;
	struct opening *o;

	if (!p || !at || !publication)
		return FW_DROP_PORT_CLOSED;
	o = new_opening(p);
	if (!o)
		return FW_DROP_PORT_CLOSED;
	target = &o->target;
	if (!find_target(publication, hash_caller(publication, &p->key), target))
		return FW_DROP_NO_BACKEND;
	at->out_port = target->port;
	port = target->port ? port_row(target->port) : NULL;
	network = network_row(target->network);
	if (!network || !(network->flags & FW_NETWORK_LIVE))
		return FW_DROP_PORT_CLOSED;
	o->caller = p->key.source;
	if (is_of_another_overlay(network, at, target->network)) {
		if (!is_sourced(publication, at, target->network))
			return FW_DROP_ISOLATED;
		o->caller = publication->target;
		o->sourced = FW_FLOW_SOURCED;
	}
	if (port && (!(port->flags & FW_PORT_LIVE) || port->generation != target->generation))
		return FW_DROP_PORT_CLOSED;
	if (!port && !is_remote(target->network, &target->address))
		return FW_DROP_NO_BACKEND;
	if (!admits(publication, &p->key.source))
		return FW_DROP_SOURCE_NOT_ALLOWED;
	if (publication->flags & FW_PUBLICATION_KEPT) {
		/* Other hosts find a backend by its own address only. */
		if (!port)
			return FW_DROP_NO_BACKEND;
		target->address = p->key.destination;
	}
	o->keep_port = !o->sourced;
	if (port && at->in_port == target->port) {
		o->caller = p->version == 4 ? network->gateway4 : network->gateway6;
		o->keep_port = false;
	}
	return judge_published(p, at, target, &o->caller);
}

/*
 * Prepares the way in through a publication, after admit(): from an uplink (scope 0), from an endpoint of any NAT network, or from one of the backend's own overlay network. The client keeps its address; only an
 * endpoint that calls itself comes from the gateway's, since no stack accepts its own address as a source, and who calls into an overlay network from outside from a source there.
 */
__noinline int open_published(struct __sk_buff *skb, struct packet *p, struct place *at, struct fw_publication *publication)
{
	struct fw_port *port, *client = NULL;
	struct fw_uplink *uplink = NULL;
	struct fw_network *network;
	struct target *target;
	struct opening *o;
	__u32 ifindex = 0, zero = 0;

	if (!p || !at || !publication)
		return TC_ACT_SHOT;
	o = bpf_map_lookup_elem(&openings, &zero);
	network = o ? network_row(o->target.network) : NULL;
	if (!o || !network)
		return TC_ACT_SHOT;
	target = &o->target;
	port = target->port ? port_row(target->port) : NULL;
	if (at->in_port) {
		client = port_row(at->in_port);
	} else {
		/* Answers go where the host routes them. */
		ifindex = route_of(skb, &target->address, &p->key.source, inside_of(network));
		uplink = bpf_map_lookup_elem(&uplinks, &ifindex);
		if (!uplink || is_borrowed(&p->key.source, ifindex))
			return drop(skb, p, at, FW_DROP_SOURCE_ADDRESS);
	}
	o->forward.flags = (port ? FW_FLOW_TO_PORT : FW_FLOW_TO_REMOTE) | FW_FLOW_PUBLISHED | o->sourced;
	o->forward.owner = port ? target->port : at->in_port ? at->in_port : publication->port;
	o->forward.publication = publication->number;
	o->forward.in_port = at->in_port;
	o->forward.in_generation = client ? client->generation : 0;
	o->forward.out = port ? target->port : target->network;
	o->forward.out_generation = target->generation;
	o->forward.mtu = port ? port->mtu : network->mtu;
	o->forward.source = o->caller;
	o->forward.destination = target->address;
	o->forward.source_port = p->key.source_port;
	o->forward.destination_port = target->target_port;
	o->forward.twin_scope = target->network;
	if (no_address(&o->forward.source))
		return drop(skb, p, at, FW_DROP_NO_SOURCE_ADDRESS);
	o->reply.flags = FW_FLOW_PUBLISHED | o->sourced | (client ? FW_FLOW_TO_PORT : 0) | (uplink && uplink->flags & FW_UPLINK_NO_MAC ? FW_FLOW_NO_MAC : 0);
	o->reply.publication = publication->number;
	o->reply.in_port = target->port;
	o->reply.in_generation = target->generation;
	o->reply.out = client ? at->in_port : ifindex;
	o->reply.out_generation = client ? client->generation : 0;
	o->reply.mtu = client ? client->mtu : uplink && uplink->mtu <= 0xffff ? uplink->mtu : 0;
	complete_reply(o, p);
	return OPENED;
}

/* Whether a packet to a published port is for a socket of the host that happens to use the port: nothing but a SYN is certain to be new. */
static __always_inline bool is_for_host_socket(struct __sk_buff *skb, const struct packet *p)
{
	return (p->key.protocol == IPPROTO_UDP || (p->tcp_flags & (TCP_SYN | TCP_ACK)) != TCP_SYN) && host_has(skb, &p->key, true);
}

/* What became of a packet that may open a connection. */
static __always_inline int conclude(struct __sk_buff *skb, struct packet *p, struct place *at, int action)
{
	if (action == OPENED)
		action = enter(skb, p, at);
	if (action == OPENED)
		action = follow_known(skb, p, at);
	return action == NOT_FOLLOWED ? drop(skb, p, at, FW_DROP_STALE_FLOW) : action;
}

#endif
