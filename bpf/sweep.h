/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Expired rows go by themselves, with or without a daemon: a timer of the switch walks the flow table. */
#ifndef FAIRWAY_SWEEP_H
#define FAIRWAY_SWEEP_H

#include "flow.h"

#define CLOCK_MONOTONIC	1
#define SWEEP_INTERVAL	(2ull * 1000000000)

struct sweeper {
	struct bpf_timer timer;
	__u32 now;
	__u32 removed;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct sweeper);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} sweepers SEC(".maps");

struct sweep {
	__u32 now;
	__u32 removed;
};

static long sweep_row(void *map, struct fw_flow_key *key, struct fw_flow *flow, struct sweep *sweep)
{
	struct fw_flow_key copy;

	if (age_of(flow, sweep->now) <= TIMEOUT_SHORTEST)
		return 0;
	copy = *key;
	sweep->removed += lapse(&copy, flow, sweep->now);
	return 0;
}

static int sweep_flows(void *map, __u32 *zero, struct sweeper *sweeper)
{
	struct sweep sweep = { .now = seconds() };

	bpf_for_each_map_elem(&flows, sweep_row, &sweep, 0);
	sweeper->now = sweep.now;
	sweeper->removed += sweep.removed;
	bpf_timer_start(&sweeper->timer, SWEEP_INTERVAL, 0);
	return 0;
}

#endif
