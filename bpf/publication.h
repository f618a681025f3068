/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Published ports: one row a host port, for one host address or for all of a family. */
#ifndef FAIRWAY_PUBLICATION_H
#define FAIRWAY_PUBLICATION_H

#include "maps.h"
#include "packet.h"

static __always_inline bool is_host_address(const struct fw_address *address)
{
	struct fw_address key = *address;

	return is_loopback(&key) || bpf_map_lookup_elem(&host_addresses, &key);
}

static __always_inline void any_address(struct fw_address *any, bool version4)
{
	any->word[0] = 0;
	any->word[1] = 0;
	any->word[2] = version4 ? bpf_htonl(0xffff) : 0;
	any->word[3] = 0;
}

static __always_inline struct fw_publication *find_publication(const struct fw_address *address, __be16 port, __u8 protocol)
{
	struct fw_publication_key key = { .address = *address, .port = port, .protocol = protocol };
	struct fw_publication *publication = bpf_map_lookup_elem(&publications, &key);

	if (publication)
		return publication;
	any_address(&key.address, is_address4(address));
	publication = bpf_map_lookup_elem(&publications, &key);
	return publication && is_host_address(address) ? publication : NULL;
}

static __always_inline bool admits(const struct fw_publication *publication, const struct fw_address *client)
{
	struct fw_source_key key = { .bits = 32 + 128, .number = bpf_htonl(publication->number), .address = *client };

	return !(publication->flags & FW_PUBLICATION_FROM) || bpf_map_lookup_elem(&sources, &key);
}

#endif
