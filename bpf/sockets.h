/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * The host's own processes reach publications by their sockets: the address is exchanged when they connect or send, so that
 * localhost works without route_localnet and no packet is translated. Processes in other namespaces are left alone, but for what
 * sidecar.h does.
 */
#ifndef FAIRWAY_SOCKETS_H
#define FAIRWAY_SOCKETS_H

#include <bpf/bpf_endian.h>
#include "balance.h"
#include "exchanged.h"

#define ALLOW	1
#define REFUSE	0
#define E_ADDRESS_IN_USE	98
#define E_CONNECTION_REFUSED	111

static __always_inline bool is_ours(struct bpf_sock_addr *ctx)
{
	struct fw_config *c = configuration();

	return c && c->host_cookie && bpf_get_netns_cookie(ctx) == c->host_cookie;
}

static __always_inline void read_user(struct bpf_sock_addr *ctx, struct fw_address *address, bool version4)
{
	if (version4) {
		set_address4(address, ctx->user_ip4);
		return;
	}
	address->word[0] = ctx->user_ip6[0];
	address->word[1] = ctx->user_ip6[1];
	address->word[2] = ctx->user_ip6[2];
	address->word[3] = ctx->user_ip6[3];
}

static __always_inline void write_user(struct bpf_sock_addr *ctx, const struct fw_address *address, __be16 port, bool version4)
{
	if (version4) {
		ctx->user_ip4 = address->word[3];
	} else {
		ctx->user_ip6[0] = address->word[0];
		ctx->user_ip6[1] = address->word[1];
		ctx->user_ip6[2] = address->word[2];
		ctx->user_ip6[3] = address->word[3];
	}
	ctx->user_port = port;
}

/* Nobody serves there: what a host without a listener would answer. */
static __always_inline int refuse_connection(void)
{
	bpf_set_retval(-E_CONNECTION_REFUSED);
	return REFUSE;
}

/* connect and sendmsg: a published host address becomes the endpoint's. */
static __always_inline int exchange(struct bpf_sock_addr *ctx, bool version4)
{
	struct fw_publication *publication;
	struct exchanged_key key = {};
	struct exchanged asked = {};
	struct target target = {};
	struct fw_network *network;
	struct fw_port *port;
	__u64 socket;

	if ((ctx->protocol != IPPROTO_TCP && ctx->protocol != IPPROTO_UDP) || !is_ours(ctx))
		return ALLOW;
	read_user(ctx, &asked.address, version4);
	asked.port = ctx->user_port;
	publication = find_publication(&asked.address, asked.port, ctx->protocol);
	if (!publication)
		return ALLOW;
	socket = bpf_get_socket_cookie(ctx);
	/* All of the host is one caller where affinity counts; else every socket is one of its own. */
	if (!find_target(publication, publication->flags & (FW_PUBLICATION_BY_SOURCE | FW_PUBLICATION_BY_SOURCE_PROTOCOL) ? 0 : mix(socket, socket >> 32), &target))
		return publication->flags & FW_PUBLICATION_BALANCED ? refuse_connection() : ALLOW;
	/* An overlay network is called by those who have an address there: where the host takes part, and a source on other hosts. */
	network = network_row(target.network);
	if (!network || (network->flags & FW_NETWORK_OVERLAY && !(network->flags & FW_NETWORK_HOST && publication->flags & FW_PUBLICATION_SOURCED)))
		return ALLOW;
	port = target.port ? port_row(target.port) : NULL;
	if (target.port && (!port || !(port->flags & FW_PORT_LIVE) || port->generation != target.generation))
		return ALLOW;
	key.socket = socket;
	key.address = target.address;
	key.port = target.target_port;
	bpf_map_update_elem(&exchanged, &key, &asked, BPF_ANY);
	write_user(ctx, &target.address, target.target_port, version4);
	return ALLOW;
}

/* recvmsg and getpeername: the process sees the address it asked for. Peers are seldom asked for, and by processes with a sidecar as well. */
static __always_inline int restore(struct bpf_sock_addr *ctx, bool version4)
{
	struct exchanged_key key = {};
	struct exchanged *asked;

	key.socket = bpf_get_socket_cookie(ctx);
	read_user(ctx, &key.address, version4);
	key.port = ctx->user_port;
	asked = bpf_map_lookup_elem(&exchanged, &key);
	if (asked)
		write_user(ctx, &asked->address, asked->port, version4);
	return ALLOW;
}

/* bind: a port that is published belongs to its endpoint. */
static __always_inline int refuse_published(struct bpf_sock_addr *ctx, bool version4)
{
	struct fw_publication_key key = {};

	if (!ctx->user_port || (ctx->protocol != IPPROTO_TCP && ctx->protocol != IPPROTO_UDP) || !is_ours(ctx))
		return ALLOW;
	read_user(ctx, &key.address, version4);
	key.port = ctx->user_port;
	key.protocol = ctx->protocol;
	if (bpf_map_lookup_elem(&publications, &key))
		goto taken;
	any_address(&key.address, version4 || is_address4(&key.address));
	if (bpf_map_lookup_elem(&publications, &key))
		goto taken;
	if (!version4) {
		/* [::] takes the port of IPv4 as well, unless the socket says otherwise, which cannot be seen from here. */
		read_user(ctx, &key.address, false);
		if (no_address(&key.address)) {
			any_address(&key.address, true);
			if (bpf_map_lookup_elem(&publications, &key))
				goto taken;
		}
	}
	return ALLOW;
taken:
	bpf_set_retval(-E_ADDRESS_IN_USE);
	return REFUSE;
}

#endif
