/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * How fast a port may send, where no queue of the kernel can hold it back: a tap has none on its way in. A packet goes when what went before
 * is paid for but for a little, however large it is itself: segments of 64 KB would else never pass a slow port. What is not let through is dropped.
 */
#ifndef FAIRWAY_LIMIT_H
#define FAIRWAY_LIMIT_H

#include "maps.h"

#define LIMIT_ATTEMPTS	4	/* for several queues on several CPUs; who loses them all goes unpaid */

__noinline int is_within_limit(__u32 number, __u32 length)
{
	struct fw_limit *limit = bpf_map_lookup_elem(&limits, &number);
	__u64 now, until, start;
	int i;

	if (!limit || !limit->rate)
		return 0;
	now = bpf_ktime_get_ns();
	for (i = 0; i < LIMIT_ATTEMPTS; i++) {
		until = *(volatile __u64 *)&limit->until;
		if (until > now + limit->ahead)
			return 0;
		start = until > now ? until : now;
		if (__sync_val_compare_and_swap(&limit->until, until, start + (__u64)length * 1000000000 / limit->rate) == until)
			break;
	}
	return 1;
}

#endif
