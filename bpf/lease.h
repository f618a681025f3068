/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * Addresses that a DHCP server of the LAN gives to endpoints (RFC 2131). The client is the endpoint's own; the switch reads what the server
 * answers and pins the address to the port for as long as the lease lasts.
 *   | op | hardware | length | hops | xid (4) | seconds, flags (4) | ciaddr | yiaddr | siaddr | giaddr | chaddr (16) | ... | cookie (4) at 236 | options |
 */
#ifndef FAIRWAY_LEASE_H
#define FAIRWAY_LEASE_H

#include "segment.h"

#define DHCP_SERVER	67
#define DHCP_CLIENT	68
#define DHCP_COOKIE	0x63825363
#define DHCP_OPTIONS	32	/* looked at */

#define DHCP_REPLY	2
#define DHCP_DECLINE	4
#define DHCP_ACK	5
#define DHCP_NAK	6
#define DHCP_RELEASE	7

#define DHCP_PAD	0
#define DHCP_LEASE_TIME	51
#define DHCP_MESSAGE	53
#define DHCP_END	255

#define E_EXISTING	(-17)

struct dhcp {
	__u8 op;
	__u8 message;
	__u8 mac[6];
	__be32 yours;
	__u32 seconds;
};

static __always_inline bool is_dhcp(const struct packet *p, __u16 from, __u16 to)
{
	return p->version == 4 && p->key.protocol == IPPROTO_UDP && !is_fragment(p) && p->key.source_port == bpf_htons(from) &&
	       p->key.destination_port == bpf_htons(to);
}

/* False for what is no DHCP message. */
__noinline int read_dhcp(struct __sk_buff *skb, const struct packet *p, struct dhcp *d)
{
	__u32 at, i;
	__be32 word;
	__u8 option[2];

	if (!p || !d)
		return 0;
	at = p->l4 + sizeof(struct udphdr);
	if (at + 240 > p->end || bpf_skb_load_bytes(skb, at, &d->op, 1) || bpf_skb_load_bytes(skb, at + 16, &d->yours, 4) ||
	    bpf_skb_load_bytes(skb, at + 28, d->mac, 6) || bpf_skb_load_bytes(skb, at + 236, &word, 4) || word != bpf_htonl(DHCP_COOKIE))
		return 0;
	at += 240;
	for (i = 0; i < DHCP_OPTIONS && at + 2 <= p->end; i++) {
		if (bpf_skb_load_bytes(skb, at, option, 2) || option[0] == DHCP_END)
			break;
		if (option[0] == DHCP_PAD) {
			at++;
			continue;
		}
		if (option[0] == DHCP_MESSAGE && bpf_skb_load_bytes(skb, at + 2, &d->message, 1))
			break;
		if (option[0] == DHCP_LEASE_TIME && option[1] == 4 && !bpf_skb_load_bytes(skb, at + 2, &word, 4))
			d->seconds = bpf_ntohl(word);
		at += 2 + option[1];
	}
	return d->message != 0;
}

/* The endpoint has no address any more. */
__noinline int end_lease(__u32 number)
{
	struct fw_port *port = port_row(number);
	struct fw_lease *lease = bpf_map_lookup_elem(&leases, &number);
	struct fw_address_key key = {};
	struct fw_address_row *row;

	if (!port || !lease)
		return 0;
	key.network = port->network;
	key.address = lease->address;
	row = bpf_map_lookup_elem(&addresses, &key);
	if (row && row->port == number)
		bpf_map_delete_elem(&addresses, &key);
	__builtin_memset(&port->address4, 0, sizeof(port->address4));
	bpf_map_delete_elem(&leases, &number);
	return 0;
}

/* Pins an address to a port. Not 0 when somebody else here has it. */
__noinline int begin_lease(__u32 number, __be32 address, __u32 duration)
{
	struct fw_port *port = port_row(number);
	struct fw_lease lease = {}, *known;
	struct fw_address_key key = {};
	struct fw_address_row row = { .port = number }, *holder;
	__u32 now = bpf_ktime_get_coarse_ns() / 1000000000ull;

	if (!port)
		return -1;
	set_address4(&lease.address, address);
	lease.generation = port->generation;
	lease.ends = duration > 0x7fffffff - now ? 0x7fffffff : now + duration;
	if (is_unspecified(&lease.address) || is_group(&lease.address) || is_host_address(&lease.address))
		return -1;
	known = bpf_map_lookup_elem(&leases, &number);
	if (known && !same_address(&known->address, &lease.address))
		end_lease(number);
	key.network = port->network;
	key.address = lease.address;
	if (bpf_map_update_elem(&addresses, &key, &row, BPF_NOEXIST)) {
		holder = bpf_map_lookup_elem(&addresses, &key);
		if (!holder || holder->port != number)
			return -1;
	}
	port->address4 = lease.address;
	bpf_map_update_elem(&leases, &number, &lease, BPF_ANY);
	return 0;
}

/* Whether the lease of an endpoint that has one has run out; then it is over. */
static __always_inline bool lease_ran_out(__u32 number, const struct fw_port *port)
{
	struct fw_lease *lease;
	__u32 now;

	if (!(port->flags & FW_PORT_LEASES))
		return false;
	lease = bpf_map_lookup_elem(&leases, &number);
	now = bpf_ktime_get_coarse_ns() / 1000000000ull;
	if (lease && (__s32)(lease->ends - now) >= 0)
		return false;
	end_lease(number);
	return true;
}

/* What a server answers: the port it is for, by the MAC it names, or 0. An address that is given is pinned before the client hears of it. */
__noinline __u32 lease_of(struct __sk_buff *skb, const struct packet *p, __u32 network)
{
	struct dhcp d = {};
	struct fw_port *port;
	__u32 number;

	if (!p || !read_dhcp(skb, p, &d) || d.op != DHCP_REPLY)
		return 0;
	number = station_of(network, d.mac);
	port = number ? live_port(number, network) : NULL;
	if (!port || !(port->flags & FW_PORT_LEASES))
		return 0;
	if (d.message == DHCP_NAK)
		end_lease(number);
	/* An answer without a lease time is about settings only (RFC 2131, 4.3.5). */
	if (d.message == DHCP_ACK && d.seconds && begin_lease(number, d.yours, d.seconds))
		return 0;
	return number;
}

/* The client gives its address back. The message itself still goes out. */
static __always_inline void hear_client(struct __sk_buff *skb, const struct packet *p, __u32 number)
{
	struct dhcp d = {};

	if (read_dhcp(skb, p, &d) && (d.message == DHCP_RELEASE || d.message == DHCP_DECLINE))
		end_lease(number);
}

#endif
