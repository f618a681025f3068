/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* What the host's own routes say. */
#ifndef FAIRWAY_ROUTE_H
#define FAIRWAY_ROUTE_H

#include "maps.h"
#include "packet.h"
#include "publication.h"

/* The way to a destination as the host routes it, or 0. Asked as if a packet came in by the network's vNIC, so that policy rules of
 * the host apply and no setting of its other devices matters. */
__noinline __u32 route_of(struct __sk_buff *skb, const struct fw_address *source, const struct fw_address *destination, __u32 host_ifindex)
{
	struct bpf_fib_lookup fib = {};

	if (!source || !destination)
		return 0;
	fib.ifindex = host_ifindex;
	if (is_address4(destination)) {
		fib.family = 2; /* AF_INET */
		fib.ipv4_src = source->word[3];
		fib.ipv4_dst = destination->word[3];
	} else {
		fib.family = 10; /* AF_INET6 */
		__builtin_memcpy(fib.ipv6_src, source, 16);
		__builtin_memcpy(fib.ipv6_dst, destination, 16);
	}
	switch (bpf_fib_lookup(skb, &fib, sizeof(fib), 0)) {
	case BPF_FIB_LKUP_RET_SUCCESS:
	case BPF_FIB_LKUP_RET_NO_NEIGH:
	case BPF_FIB_LKUP_RET_FRAG_NEEDED:
		return fib.ifindex;
	}
	return 0;
}

/* Whether a packet from outside has an address of the host, of one of our networks, or of nobody here: somebody in borrowed clothes. This
 * hook stands before the host's own source check. */
__noinline int is_borrowed(const struct fw_address *source, __u32 ifindex)
{
	if (!source)
		return 1;
	return is_host_address(source) || is_unspecified(source) || is_group(source) || is_link_local6(source) || (ifindex && !bpf_map_lookup_elem(&uplinks, &ifindex));
}

#endif
