/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* What the host's own sockets were led to in place of what they asked for (sockets.h). */
#ifndef FAIRWAY_EXCHANGED_H
#define FAIRWAY_EXCHANGED_H

#include "maps.h"

/* What a socket asked for, by what it got. */
struct exchanged_key {
	__u64 socket;
	struct fw_address address;
	__u32 port;
	__u32 pad;
};

struct exchanged {
	struct fw_address address;
	__u32 port;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 65536);
	__type(key, struct exchanged_key);
	__type(value, struct exchanged);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} exchanged SEC(".maps");

#endif
