/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* The maps of layout.h. All are pinned by name below /sys/fs/bpf/INSTANCE/v<FW_LAYOUT> and outlive daemon and programs. */
#ifndef FAIRWAY_MAPS_H
#define FAIRWAY_MAPS_H

#include <linux/bpf.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include "layout.h"

#define FW_MAP(kind, key_type, row_type, entries, name)			\
	struct {							\
		__uint(type, kind);					\
		__uint(max_entries, entries);				\
		__type(key, key_type);					\
		__type(value, row_type);				\
		__uint(pinning, LIBBPF_PIN_BY_NAME);			\
	} name SEC(".maps")

/* Rows are allocated when used: a host with ten containers does not pay for half a million connections. */
#define FW_HASH(key_type, row_type, entries, name)			\
	struct {							\
		__uint(type, BPF_MAP_TYPE_HASH);			\
		__uint(max_entries, entries);				\
		__uint(map_flags, BPF_F_NO_PREALLOC);			\
		__type(key, key_type);					\
		__type(value, row_type);				\
		__uint(pinning, LIBBPF_PIN_BY_NAME);			\
	} name SEC(".maps")

FW_MAP(BPF_MAP_TYPE_ARRAY, __u32, struct fw_config, 1, config);
FW_MAP(BPF_MAP_TYPE_ARRAY, __u32, struct fw_network, FW_MAX_NETWORKS, networks);
FW_MAP(BPF_MAP_TYPE_ARRAY, __u32, struct fw_port, FW_PORT_ROWS, ports);
FW_MAP(BPF_MAP_TYPE_ARRAY, __u32, struct fw_usage, FW_PORT_ROWS, usage);
FW_MAP(BPF_MAP_TYPE_PERCPU_ARRAY, __u32, struct fw_statistics, FW_PORT_ROWS, statistics);
FW_MAP(BPF_MAP_TYPE_PERCPU_ARRAY, __u32, __u64, 64, drops);
FW_HASH(__u32, __u32, FW_PORT_ROWS + FW_MAX_NETWORKS, links);
FW_HASH(struct fw_address_key, struct fw_address_row, FW_MAX_ADDRESSES, addresses);
FW_HASH(struct fw_publication_key, struct fw_publication, FW_MAX_PUBLICATIONS, publications);
FW_HASH(__u32, struct fw_balancer, FW_MAX_BALANCERS, balancers);
FW_MAP(BPF_MAP_TYPE_ARRAY, __u32, struct fw_backend, FW_MAX_BACKENDS, backends);
FW_MAP(BPF_MAP_TYPE_ARRAY, __u32, struct fw_choice_line, FW_CHOICE_LINES, choices);
FW_HASH(__u32, struct fw_uplink, FW_MAX_UPLINKS, uplinks);
FW_HASH(struct fw_address, __u32, FW_MAX_HOST_ADDRESSES, host_addresses);
FW_HASH(struct fw_virtual_subnet_key, __u32, FW_MAX_VIRTUAL_SUBNETS, virtual_subnets);
FW_HASH(__u32, struct fw_lease, FW_MAX_PORTS, leases);
FW_HASH(__u32, struct fw_limit, FW_MAX_PORTS, limits);
FW_HASH(__u64, __u32, FW_MAX_PORTS, sidecar_spaces);
FW_HASH(__u32, struct fw_sidecar, FW_MAX_PORTS, sidecars);
FW_HASH(struct fw_segment_key, __u32, FW_MAX_NETWORKS, segments);
FW_HASH(__u32, struct fw_members, FW_MAX_NETWORKS, members);
FW_MAP(BPF_MAP_TYPE_ARRAY, __u32, struct fw_flood, FW_PORT_ROWS, floods);
FW_HASH(struct fw_flow_key, struct fw_flow, FW_MAX_FLOWS, flows);

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, FW_MAX_SOURCES);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct fw_source_key);
	__type(value, __u32);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} sources SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, FW_MAX_REMOTES);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct fw_remote_key);
	__type(value, struct fw_remote);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} remotes SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, FW_MAX_WAYS);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct fw_way_key);
	__type(value, struct fw_way);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} ways SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, FW_MAX_SIDECAR_PREFIXES);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct fw_sidecar_key);
	__type(value, __u32);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} sidecar_prefixes SEC(".maps");

struct rule_image {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 64);	/* any number: they differ in size */
	__uint(map_flags, BPF_F_MMAPABLE | BPF_F_INNER_MAP);
	/* Sizes, not types: clang describes no type that only a pointer leads to. */
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(struct fw_rule_line));
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, FW_RULE_IMAGES);
	__type(key, __u32);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
	__array(values, struct rule_image);
} rules SEC(".maps");

/* When a packet of another host last took the long way, by CPU (underlay.h). */
FW_MAP(BPF_MAP_TYPE_PERCPU_ARRAY, __u32, __u64, 1, long_ways);

int from_tunnel(struct __sk_buff *skb);

/* Programs that another goes over to; whoever loads the switch enters its own. */
struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, FW_PROGRAMS);
	__uint(key_size, sizeof(__u32));
	__uint(pinning, LIBBPF_PIN_BY_NAME);
	__array(values, int (struct __sk_buff *));
} programs SEC(".maps") = {
	.values = { [FW_PROGRAM_FROM_TUNNEL] = (void *)&from_tunnel },
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 20);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} events SEC(".maps");

static __always_inline struct fw_config *configuration(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&config, &zero);
}

static __always_inline __u32 current_epoch(void)
{
	struct fw_config *c = configuration();

	return c ? *(volatile __u32 *)&c->epoch : 0;
}

static __always_inline struct fw_port *port_row(__u32 number)
{
	return bpf_map_lookup_elem(&ports, &number);
}

static __always_inline struct fw_network *network_row(__u32 number)
{
	return bpf_map_lookup_elem(&networks, &number);
}

#define WHOLE_ADDRESS	160	/* bits of a key of `remotes`, `ways` or `sidecar_prefixes` */

/* Where another host's endpoint is, or NULL. */
static __always_inline struct fw_remote *remote_row(__u32 network, const struct fw_address *address)
{
	struct fw_remote_key key = { .bits = WHOLE_ADDRESS, .network = bpf_htonl(network), .address = *address };

	return bpf_map_lookup_elem(&remotes, &key);
}

#endif
