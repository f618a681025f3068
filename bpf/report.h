/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* What the switch tells: counters always, events while somebody watches, and a verdict in cb[] that tests read back. */
#ifndef FAIRWAY_REPORT_H
#define FAIRWAY_REPORT_H

#include "maps.h"
#include "packet.h"

/* cb[0]; BPF_PROG_TEST_RUN shows that a packet was redirected, not where to. */
#define VERDICT_PORT	1	/* cb[1]: port */
#define VERDICT_HOST	2	/* cb[1]: network */
#define VERDICT_UPLINK	3	/* cb[1]: ifindex */
#define VERDICT_ANSWER	4	/* sent back where it came from */
#define VERDICT_PASS	5	/* none of our business */
#define VERDICT_DROP	6	/* cb[1]: reason */
#define VERDICT_TUNNEL	7	/* cb[1]: VSID, cb[2]: last word of the other host's address */

#define EVENTS_PER_SECOND	2000	/* and CPU */
#define NEWS_AGAIN_AFTER	(180ull * 1000000000)	/* of silence */

/* Where a packet is being looked at; 0 where there is no such thing. */
struct place {
	__u32 network;
	__u32 in_port;
	__u32 out_port;
	__u32 epoch;	/* of the rules a connection is opened by, read before they are */
	struct fw_rule out_rule;	/* what the sender's and the receiver's access rules said */
	struct fw_rule in_rule;
};

struct fw_rate {
	__u64 second;
	__u32 sent;
	__u32 missed;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct fw_rate);
} event_rate SEC(".maps");

/* Connections that leave no flow entry, noticed while somebody watches. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16384);
	__type(key, struct fw_flow_key);
	__type(value, __u64);
} noticed SEC(".maps");

static __always_inline void set_verdict(struct __sk_buff *skb, __u32 verdict, __u32 detail)
{
	skb->cb[0] = verdict;
	skb->cb[1] = detail;
}

__noinline int send_event(struct __sk_buff *skb, const struct packet *p, const struct place *at, __u32 kind, __u32 reason)
{
	__u32 zero = 0;
	__u64 now = bpf_ktime_get_ns();
	struct fw_rate *rate = bpf_map_lookup_elem(&event_rate, &zero);
	struct fw_event *event;

	if (!rate || !p || !at)
		return 0;
	if (now - rate->second > 1000000000ull) {
		rate->second = now;
		rate->sent = 0;
	}
	event = rate->sent < EVENTS_PER_SECOND ? bpf_ringbuf_reserve(&events, sizeof(*event), 0) : NULL;
	if (!event) {
		rate->missed++;
		return 0;
	}
	rate->sent++;
	__builtin_memset(event, 0, sizeof(*event));
	event->time = now;
	event->kind = kind;
	event->reason = reason;
	event->network = at->network;
	event->in_port = at->in_port;
	event->out_port = at->out_port;
	event->length = skb->len;
	event->missed = rate->missed;
	event->ether_type = p->ether_type;
	event->out_rule = at->out_rule;
	event->in_rule = at->in_rule;
	if (p->version) {
		event->protocol = p->key.protocol;
		event->source_port = p->key.source_port;
		event->destination_port = p->key.destination_port;
		event->source = p->key.source;
		event->destination = p->key.destination;
	}
	rate->missed = 0;
	bpf_ringbuf_submit(event, 0);
	return 0;
}

static __always_inline bool watched(void)
{
	struct fw_config *c = configuration();

	return c && c->watchers;
}

__noinline int drop(struct __sk_buff *skb, const struct packet *p, const struct place *at, __u32 reason)
{
	__u64 *count = bpf_map_lookup_elem(&drops, &reason);
	struct fw_statistics *s;
	__u32 port;

	if (!p || !at)
		return TC_ACT_SHOT;
	if (count)
		(*count)++;
	port = at->in_port ? at->in_port : at->out_port;
	if (port) {
		s = bpf_map_lookup_elem(&statistics, &port);
		if (s && at->in_port)
			s->drops_out++;
		else if (s)
			s->drops_in++;
	}
	if (watched())
		send_event(skb, p, at, FW_EVENT_DROP, reason);
	set_verdict(skb, VERDICT_DROP, reason);
	return TC_ACT_SHOT;
}

static __always_inline void count_out(struct __sk_buff *skb, __u32 port)
{
	struct fw_statistics *s = bpf_map_lookup_elem(&statistics, &port);

	if (s) {
		s->packets_out += skb->gso_segs > 1 ? skb->gso_segs : 1;
		s->bytes_out += skb->len;
	}
}

static __always_inline void count_in(struct __sk_buff *skb, __u32 port)
{
	struct fw_statistics *s = bpf_map_lookup_elem(&statistics, &port);

	if (s) {
		s->packets_in += skb->gso_segs > 1 ? skb->gso_segs : 1;
		s->bytes_in += skb->len;
	}
}

static __always_inline bool noticed_lately(struct fw_flow_key *key, __u64 now)
{
	__u64 *seen = bpf_map_lookup_elem(&noticed, key);

	if (!seen || now - *seen > NEWS_AGAIN_AFTER)
		return false;
	*seen = now;
	return true;
}

__noinline int is_news(const struct packet *p)
{
	struct fw_flow_key key = {};
	__u64 now = bpf_ktime_get_coarse_ns();

	if (!p)
		return 0;
	/* The answer to something noticed is no news either. */
	key.scope = p->key.scope;
	key.source = p->key.destination;
	key.destination = p->key.source;
	key.source_port = p->key.destination_port;
	key.destination_port = p->key.source_port;
	key.protocol = p->key.protocol;
	if (noticed_lately(&key, now))
		return 0;
	key = p->key;
	if (noticed_lately(&key, now))
		return 0;
	bpf_map_update_elem(&noticed, &key, &now, BPF_ANY);
	return 1;
}

/*
 * Reports a connection that has no flow entry: TCP by its SYN, everything else by a table of its own that is only kept while
 * somebody watches.
 */
static __always_inline void notice(struct __sk_buff *skb, const struct packet *p, const struct place *at)
{
	if (!watched())
		return;
	if (p->key.protocol == IPPROTO_TCP) {
		if ((p->tcp_flags & (TCP_SYN | TCP_ACK)) != TCP_SYN)
			return;
	} else {
		if (!is_news(p))
			return;
	}
	send_event(skb, p, at, FW_EVENT_FLOW, FW_DROP_NONE);
}

#endif
