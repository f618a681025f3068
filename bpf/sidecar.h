/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * A proxy in an endpoint's own namespace gets what processes there call, and what calls the endpoint (L4WFPPROXY), or one elsewhere what they call (L4Proxy). Outwards the address is
 * exchanged when a process connects, inwards a packet is handed to the proxy's socket as it is: no packet is translated, and the switch, with
 * its access rules, sees the proxy's connections outwards and the callers' inwards. Where a connection was to go, the proxy asks by
 * SO_ORIGINAL_DST.
 */
#ifndef FAIRWAY_SIDECAR_H
#define FAIRWAY_SIDECAR_H

#include "deliver.h"
#include "parse.h"
#include "publication.h"
#include "sockets.h"

#define SOL_IP			0
#define SOL_IPV6		41
#define SO_ORIGINAL_DST		80	/* IP6T_SO_ORIGINAL_DST too */
#define MAX_OPTION_LENGTH	4096	/* what the kernel hands to a program of an option */

/* Who connects to a proxy, from the SYN to the end of the handshake. */
struct sidecar_caller {
	__u64 space;
	struct fw_address address;
	__u32 port;	/* host byte order */
	__u32 pad;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16384);
	__type(key, struct sidecar_caller);
	__type(value, struct exchanged);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} sidecar_callers SEC(".maps");

/* What the caller had asked for, at the socket the proxy accepted; it goes with the socket. */
struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct exchanged);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} sidecar_originals SEC(".maps");

static __always_inline struct fw_sidecar *sidecar_in(__u64 cookie)
{
	__u32 *found = bpf_map_lookup_elem(&sidecar_spaces, &cookie);
	__u32 port;

	if (!found)
		return NULL;
	port = *found;
	return bpf_map_lookup_elem(&sidecars, &port);
}

static __always_inline bool is_among(const __u32 *ranges, __u32 count, __be16 port)
{
	__u32 called = bpf_ntohs(port), i;

	for (i = 0; i < FW_SIDECAR_RANGES; i++) {
		if (i >= count)
			return false;
		if (called >= ranges[i] >> 16 && called <= (ranges[i] & 0xffff))
			return true;
	}
	return false;
}

static __always_inline bool leads(const struct fw_sidecar *sidecar, const struct fw_address *other, __u32 direction)
{
	struct fw_sidecar_key key = { .bits = WHOLE_ADDRESS, .set = bpf_htonl(sidecar->set), .address = *other };
	__u32 *directions = bpf_map_lookup_elem(&sidecar_prefixes, &key);

	return directions && *directions & direction;
}

/* The proxy's, of the family that is called: one elsewhere, or in the namespace itself. */
static __always_inline void proxy_address(struct fw_address *address, const struct fw_sidecar *sidecar, bool version4)
{
	*address = version4 ? sidecar->outbound4 : sidecar->outbound6;
	if (!no_address(address))
		return;
	address->word[0] = 0;
	address->word[1] = 0;
	address->word[2] = version4 ? bpf_htonl(0xffff) : 0;
	address->word[3] = bpf_htonl(version4 ? 0x7f000001 : 1);
}

/* connect: of processes in a namespace with a proxy, other than the proxy itself. What stays in the namespace anyway is none of its business. */
static __always_inline int lead_out(struct bpf_sock_addr *ctx, bool version4)
{
	struct exchanged_key key = {};
	struct exchanged asked = {};
	struct fw_sidecar *sidecar;

	if (ctx->protocol != IPPROTO_TCP)
		return ALLOW;
	sidecar = sidecar_in(bpf_get_netns_cookie(ctx));
	if (!sidecar || !(sidecar->flags & FW_SIDECAR_OUT))
		return ALLOW;
	if (sidecar->flags & FW_SIDECAR_USER && (__u32)bpf_get_current_uid_gid() == sidecar->user)
		return ALLOW;
	read_user(ctx, &asked.address, version4);
	asked.port = ctx->user_port;
	if (is_loopback(&asked.address) || is_unspecified(&asked.address) || is_group(&asked.address) || is_link_local6(&asked.address))
		return ALLOW;
	if (!is_among(sidecar->outbound_ranges, sidecar->outbound_count, asked.port) || !leads(sidecar, &asked.address, FW_SIDECAR_OUT))
		return ALLOW;
	key.socket = bpf_get_socket_cookie(ctx);
	proxy_address(&key.address, sidecar, is_address4(&asked.address));
	key.port = sidecar->outbound_port ? sidecar->outbound_port : asked.port;
	bpf_map_update_elem(&exchanged, &key, &asked, BPF_ANY);
	write_user(ctx, &key.address, key.port, version4);
	return ALLOW;
}

/* A context is read at fixed places only: keeps the compiler from choosing between two of them first, and reading then. */
#define HERE(value)	asm volatile("" : "+r"(value))

static __always_inline void read_remote(struct bpf_sock_ops *ctx, struct fw_address *address)
{
	__u32 address4;

	if (ctx->family == AF_INET) {
		address4 = ctx->remote_ip4;
		HERE(address4);
		set_address4(address, address4);
		return;
	}
	address->word[0] = ctx->remote_ip6[0];
	address->word[1] = ctx->remote_ip6[1];
	address->word[2] = ctx->remote_ip6[2];
	address->word[3] = ctx->remote_ip6[3];
}

static __always_inline void read_local(struct bpf_sock_ops *ctx, struct fw_address *address)
{
	__u32 address4;

	if (ctx->family == AF_INET) {
		address4 = ctx->local_ip4;
		HERE(address4);
		set_address4(address, address4);
		return;
	}
	address->word[0] = ctx->local_ip6[0];
	address->word[1] = ctx->local_ip6[1];
	address->word[2] = ctx->local_ip6[2];
	address->word[3] = ctx->local_ip6[3];
}

/* The SYN is about to leave: now the caller has a port. */
static __always_inline void note_caller(struct bpf_sock_ops *ctx)
{
	struct sidecar_caller caller = {};
	struct exchanged_key key = {};
	struct exchanged *found, asked;

	read_remote(ctx, &key.address);
	if (!is_loopback(&key.address))
		return;
	key.socket = bpf_get_socket_cookie(ctx);
	key.port = bpf_htons(bpf_ntohl(ctx->remote_port));
	found = bpf_map_lookup_elem(&exchanged, &key);
	if (!found)
		return;
	asked = *found;
	caller.space = bpf_get_netns_cookie(ctx);
	read_local(ctx, &caller.address);
	caller.port = ctx->local_port;
	bpf_map_update_elem(&sidecar_callers, &caller, &asked, BPF_ANY);
}

/* The proxy's side of it is there, and nobody has accepted it yet. */
static __always_inline void note_original(struct bpf_sock_ops *ctx)
{
	struct sidecar_caller caller = {};
	struct exchanged *found, asked;
	struct bpf_sock *sk;

	read_local(ctx, &caller.address);
	if (!is_loopback(&caller.address))
		return;
	read_remote(ctx, &caller.address);
	caller.space = bpf_get_netns_cookie(ctx);
	caller.port = bpf_ntohl(ctx->remote_port);
	found = bpf_map_lookup_elem(&sidecar_callers, &caller);
	if (!found)
		return;
	asked = *found;
	bpf_map_delete_elem(&sidecar_callers, &caller);
	sk = ctx->sk;
	if (sk)
		bpf_sk_storage_get(&sidecar_originals, sk, &asked, BPF_SK_STORAGE_GET_F_CREATE);
}

/*   IPv4 | family (2) | port (2) | address (4) | 0 (8) |      IPv6 | family (2) | port (2) | flow (4) | address (16) | scope (4) | */
static __always_inline int answer_original(struct bpf_sockopt *ctx, const struct fw_address *address, __be16 port)
{
	void *answer = ctx->optval, *end = ctx->optval_end;
	__u32 *words = answer;
	__u16 *halves = answer;

	if (ctx->level == SOL_IP) {
		if (!is_address4(address) || answer + 16 > end)
			return ALLOW;
		halves[0] = AF_INET;
		halves[1] = port;
		words[1] = address->word[3];
		words[2] = 0;
		words[3] = 0;
		ctx->optlen = 16;
	} else {
		if (answer + 28 > end)
			return ALLOW;
		halves[0] = AF_INET6;
		halves[1] = port;
		words[1] = 0;
		words[2] = address->word[0];
		words[3] = address->word[1];
		words[4] = address->word[2];
		words[5] = address->word[3];
		words[6] = 0;
		ctx->optlen = 28;
	}
	ctx->retval = 0;
	return ALLOW;
}

/* What called the endpoint has the address it called for its own, but the port of the proxy it was not for. */
static __always_inline int answer_called(struct bpf_sockopt *ctx, struct bpf_sock *sk)
{
	struct fw_sidecar *sidecar = sidecar_in(bpf_get_netns_cookie(ctx));
	struct fw_address own;

	if (!sidecar || !(sidecar->flags & FW_SIDECAR_IN) || !sk->dst_port || sk->src_port == bpf_ntohs(sidecar->inbound_port))
		return ALLOW;
	if (sk->family == AF_INET) {
		set_address4(&own, sk->src_ip4);
	} else {
		own.word[0] = sk->src_ip6[0];
		own.word[1] = sk->src_ip6[1];
		own.word[2] = sk->src_ip6[2];
		own.word[3] = sk->src_ip6[3];
	}
	return is_loopback(&own) ? ALLOW : answer_original(ctx, &own, bpf_htons(sk->src_port));
}

static __always_inline int tell_original(struct bpf_sockopt *ctx)
{
	struct bpf_sock *sk = ctx->sk;
	struct exchanged *asked;

	if (!sk || sk->protocol != IPPROTO_TCP || ctx->optname != SO_ORIGINAL_DST || (ctx->level != SOL_IP && ctx->level != SOL_IPV6)) {
		/* An option longer than what programs are handed would be refused, unless they say that they leave it alone. */
		if (ctx->optlen > MAX_OPTION_LENGTH)
			ctx->optlen = 0;
		return ALLOW;
	}
	asked = bpf_sk_storage_get(&sidecar_originals, sk, NULL, 0);
	return asked ? answer_original(ctx, &asked->address, asked->port) : answer_called(ctx, sk);
}

static __always_inline struct bpf_sock *find_socket(struct __sk_buff *skb, const struct packet *p, __be16 source_port, __be16 port)
{
	struct bpf_sock_tuple tuple = {};

	if (p->version == 4) {
		tuple.ipv4.saddr = p->key.source.word[3];
		tuple.ipv4.daddr = p->key.destination.word[3];
		tuple.ipv4.sport = source_port;
		tuple.ipv4.dport = port;
		return bpf_skc_lookup_tcp(skb, &tuple, sizeof(tuple.ipv4), BPF_F_CURRENT_NETNS, 0);
	}
	__builtin_memcpy(tuple.ipv6.saddr, &p->key.source, 16);
	__builtin_memcpy(tuple.ipv6.daddr, &p->key.destination, 16);
	tuple.ipv6.sport = source_port;
	tuple.ipv6.dport = port;
	return bpf_skc_lookup_tcp(skb, &tuple, sizeof(tuple.ipv6), BPF_F_CURRENT_NETNS, 0);
}

/* Whether the packet is one of a connection that is there. One that lingers gives way to a new call. */
__noinline int has_connection(struct __sk_buff *skb, const struct packet *p)
{
	struct bpf_sock *sk;
	__u32 state;

	if (!p)
		return 1;
	sk = find_socket(skb, p, p->key.source_port, p->key.destination_port);
	if (!sk)
		return 0;
	state = sk->state;
	bpf_sk_release(sk);
	return state != BPF_TCP_LISTEN && !(state == BPF_TCP_TIME_WAIT && p->tcp_flags & TCP_SYN);
}

/* Hands the packet to who listens on the port: 0, or why not. */
__noinline int hand_over(struct __sk_buff *skb, const struct packet *p, __u32 port)
{
	struct bpf_sock *sk;
	int refused;

	if (!p)
		return -1;
	/* From no port: a connection of the same caller to the proxy's own port would be found before its listener. */
	sk = find_socket(skb, p, 0, port);
	if (!sk)
		return -1;
	if (sk->state != BPF_TCP_LISTEN) {
		bpf_sk_release(sk);
		return -1;
	}
	refused = bpf_sk_assign(skb, sk, 0);
	bpf_sk_release(sk);
	return refused;
}

/* What an endpoint's interface receives, inside. A call nobody of the proxy hears is lost and tried again, as one to a proxy that restarts. */
static __always_inline int lead_in(struct __sk_buff *skb, __u32 number)
{
	struct fw_sidecar *sidecar = bpf_map_lookup_elem(&sidecars, &number);
	struct packet p = { .l3 = ETH_HLEN };
	bool call;

	if (!sidecar || !(sidecar->flags & FW_SIDECAR_IN))
		return TC_ACT_UNSPEC;
	p.ether_type = bpf_ntohs(skb->protocol);
	if (p.ether_type != ETH_P_IP && p.ether_type != ETH_P_IPV6)
		return TC_ACT_UNSPEC;
	if (!parse(skb, &p))
		return TC_ACT_SHOT;
	if (p.key.protocol != IPPROTO_TCP || p.marks & (PACKET_GROUP | PACKET_LATER_FRAGMENT))
		return TC_ACT_UNSPEC;
	if (p.key.destination_port == sidecar->inbound_port || !is_among(sidecar->inbound_ranges, sidecar->inbound_count, p.key.destination_port) ||
	    !leads(sidecar, &p.key.source, FW_SIDECAR_IN))
		return TC_ACT_UNSPEC;
	call = (p.tcp_flags & (TCP_SYN | TCP_ACK)) == TCP_SYN;
	/* Sockets are for whole packets; no honest call comes in pieces. */
	if (is_fragment(&p))
		return call ? TC_ACT_SHOT : TC_ACT_UNSPEC;
	if (has_connection(skb, &p) || !hand_over(skb, &p, sidecar->inbound_port))
		return TC_ACT_UNSPEC;
	return call ? TC_ACT_SHOT : TC_ACT_UNSPEC;
}

#endif
