/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * The way to another host, and what came from one. A VXLAN device that takes its tunnel from each packet encapsulates: it belongs to a UDP
 * port, not to a network.
 */
#ifndef FAIRWAY_REMOTE_H
#define FAIRWAY_REMOTE_H

#include <stddef.h>
#include "icmp.h"
#include "way.h"

/* Which other host a packet came from, and in which virtual subnet. */
struct sender {
	__u32 virtual_subnet;
	struct fw_address provider;
};

/* Kernels before 5.19 do not know local addresses in keys. */
#define KEY_WITHOUT_LOCAL	offsetof(struct bpf_tunnel_key, local_ipv4)

/* Not static, for its key would stand on everybody's stack. */
__noinline int is_remote(__u32 network, const struct fw_address *address)
{
	return address && remote_row(network, address);
}

/* Sends a frame as it is. The other host's address is an IPv4 one in host byte order in the kernel's key, an IPv6 one is not. */
__noinline int encapsulate(struct __sk_buff *skb, __u32 ifindex, __u32 virtual_subnet, const struct fw_address *provider, const struct fw_address *local)
{
	struct bpf_tunnel_key key = {};
	long error;

	if (!provider || !local)
		return TC_ACT_SHOT;
	key.tunnel_id = virtual_subnet;
	if (is_address4(provider)) {
		key.remote_ipv4 = bpf_ntohl(provider->word[3]);
		key.local_ipv4 = is_address4(local) ? bpf_ntohl(local->word[3]) : 0;
		error = key.local_ipv4 ? bpf_skb_set_tunnel_key(skb, &key, sizeof(key), 0) : bpf_skb_set_tunnel_key(skb, &key, KEY_WITHOUT_LOCAL, 0);
	} else {
		__builtin_memcpy(key.remote_ipv6, provider, 16);
		__builtin_memcpy(key.local_ipv6, local, 16);
		error = no_address(local) ? bpf_skb_set_tunnel_key(skb, &key, KEY_WITHOUT_LOCAL, BPF_F_TUNINFO_IPV6)
					  : bpf_skb_set_tunnel_key(skb, &key, sizeof(key), BPF_F_TUNINFO_IPV6);
	}
	if (error)
		return TC_ACT_SHOT;
	set_verdict(skb, VERDICT_TUNNEL, virtual_subnet);
	skb->cb[2] = provider->word[3];
	return bpf_redirect(ifindex, 0);
}

static __always_inline bool read_sender(struct __sk_buff *skb, struct sender *sender)
{
	struct bpf_tunnel_key key = {};

	if (!bpf_skb_get_tunnel_key(skb, &key, KEY_WITHOUT_LOCAL, 0)) {
		set_address4(&sender->provider, bpf_htonl(key.remote_ipv4));
	} else {
		if (bpf_skb_get_tunnel_key(skb, &key, KEY_WITHOUT_LOCAL, BPF_F_TUNINFO_IPV6))
			return false;
		__builtin_memcpy(&sender->provider, key.remote_ipv6, 16);
	}
	sender->virtual_subnet = key.tunnel_id;
	return true;
}

/* Fills in the next hop on another host that a port has towards a destination; 0 when it has none. */
__noinline int find_remote_hop(__u32 number, const struct fw_address *destination, struct fw_address *hop)
{
	struct fw_way way;

	if (!destination || !hop || !(find_way(number, destination, &way) & FW_WAY_ENCAPSULATED))
		return 0;
	*hop = way.next_hop;
	return 1;
}

/* To another host's endpoint; whoever calls has looked at the size. Behind a router the frame is from ours to that host's; otherwise it is the sender's own, as a bridge leaves it. */
__noinline int to_remote(struct __sk_buff *skb, struct packet *p, struct place *at)
{
	struct fw_network *network = at ? network_row(at->network) : NULL;
	struct fw_remote *remote;
	struct fw_address hop;

	if (!p || !network)
		return TC_ACT_SHOT;
	remote = remote_row(at->network, &p->key.destination);
	if (!remote && p->marks & PACKET_OWN_WAYS && find_remote_hop(at->in_port, &p->key.destination, &hop))
		remote = remote_row(at->network, &hop);
	if (!remote)
		return drop(skb, p, at, FW_DROP_NO_SUCH_ENDPOINT);
	if (!set_macs(skb, remote->mac, remote->flags & FW_REMOTE_ROUTED ? network->gateway_mac : NULL))
		return TC_ACT_SHOT;
	return encapsulate(skb, network->uplink, remote->virtual_subnet, &remote->provider, &remote->local);
}

#endif
