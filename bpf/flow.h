/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * The flow table: translated and published connections, a row for each direction. Rows expire when they are looked at, or when the
 * sweeper comes by (sweep.h); both directions decide together, since a stream may flow one way only.
 */
#ifndef FAIRWAY_FLOW_H
#define FAIRWAY_FLOW_H

#include "parse.h"
#include "report.h"

/* Seconds without a packet in either direction. RFC 5382 asks for 2 h 4 min of TCP, RFC 4787 for 2 min of UDP, RFC 5508 for 60 s of ICMP. */
#define TIMEOUT_TCP_ESTABLISHED	7440
#define TIMEOUT_TCP_CLOSING	120
#define TIMEOUT_TCP_CLOSED	10
#define TIMEOUT_UDP_ANSWERED	180
#define TIMEOUT_UNANSWERED	30
#define TIMEOUT_ICMP		60
#define TIMEOUT_SHORTEST	10

static __always_inline __u32 seconds(void)
{
	return bpf_ktime_get_coarse_ns() / 1000000000ull;
}

/* Seconds since the last packet of a row. Another CPU may have seen the clock tick before this one did, hence the sign. */
static __always_inline __u32 age_of(const struct fw_flow *flow, __u32 now)
{
	__s32 age = now - flow->seen;

	return age > 0 ? age : 0;
}

static __always_inline __u32 timeout_of(const struct fw_flow_key *key, const struct fw_flow *flow)
{
	if (key->protocol == IPPROTO_TCP) {
		if (flow->flags & FW_FLOW_TCP_RST || (flow->flags & FW_FLOW_TCP_FIN && flow->flags & FW_FLOW_TWIN_FIN))
			return TIMEOUT_TCP_CLOSED;
		if (flow->flags & (FW_FLOW_TCP_FIN | FW_FLOW_TWIN_FIN))
			return TIMEOUT_TCP_CLOSING;
		return flow->flags & FW_FLOW_ESTABLISHED ? TIMEOUT_TCP_ESTABLISHED : TIMEOUT_UNANSWERED;
	}
	if (key->protocol == IPPROTO_UDP)
		return flow->flags & FW_FLOW_ANSWERED ? TIMEOUT_UDP_ANSWERED : TIMEOUT_UNANSWERED;
	return TIMEOUT_ICMP;
}

/* The key of the other direction: what a packet of this row looks like on its way back. */
static __always_inline void twin_key(struct fw_flow_key *twin, const struct fw_flow_key *key, const struct fw_flow *flow)
{
	__builtin_memset(twin, 0, sizeof(*twin));
	twin->scope = flow->twin_scope;
	twin->source = flow->destination;
	twin->destination = flow->source;
	twin->source_port = flow->destination_port;
	twin->destination_port = flow->source_port;
	twin->protocol = key->protocol;
}

static __always_inline void give_back(__u32 *counter)
{
	/* A drift is corrected by the daemon; it must not wrap to "full". */
	if (*(volatile __u32 *)counter)
		__sync_fetch_and_add(counter, -1);
}

static __always_inline void uncount(__u32 owner, bool answered)
{
	struct fw_usage *u = bpf_map_lookup_elem(&usage, &owner);

	if (!u)
		return;
	give_back(&u->flows);
	if (!answered)
		give_back(&u->half_open);
}

/* Whether anything is in the flow table on a port's account. */
static __always_inline bool has_connections(__u32 port)
{
	struct fw_usage *u = bpf_map_lookup_elem(&usage, &port);

	return u && *(volatile __u32 *)&u->flows;
}

/* Removes both directions; whoever removes the forward row settles the account. */
__noinline int forget_flow(const struct fw_flow_key *key, struct fw_flow *flow)
{
	struct fw_flow_key own, twin;
	__u32 owner, flags;

	if (!key || !flow)
		return 0;
	own = *key;
	owner = flow->owner;
	flags = flow->flags;
	twin_key(&twin, key, flow);
	if (flags & FW_FLOW_REPLY) {
		bpf_map_delete_elem(&flows, &own);
		if (!bpf_map_delete_elem(&flows, &twin))
			uncount(owner, flags & FW_FLOW_ANSWERED);
	} else {
		if (!bpf_map_delete_elem(&flows, &own))
			uncount(owner, flags & FW_FLOW_ANSWERED);
		bpf_map_delete_elem(&flows, &twin);
	}
	return 0;
}

/* Whether a row, silent for longer than its time-out, is kept alive by the other direction. */
static __always_inline bool expired(const struct fw_flow_key *key, const struct fw_flow *flow, __u32 now)
{
	struct fw_flow_key other;
	struct fw_flow *twin;
	__u32 timeout = timeout_of(key, flow);

	if (age_of(flow, now) <= timeout)
		return false;
	twin_key(&other, key, flow);
	twin = bpf_map_lookup_elem(&flows, &other);
	return !twin || age_of(twin, now) > timeout;
}

/* The rare part of finding a flow: it was silent for long enough to have expired. */
__noinline int lapse(const struct fw_flow_key *key, struct fw_flow *flow, __u32 now)
{
	struct fw_flow_key copy;

	if (!key || !flow)
		return 1;
	copy = *key;
	if (!expired(&copy, flow, now))
		return 0;
	forget_flow(&copy, flow);
	return 1;
}

static __always_inline struct fw_flow *find_flow(struct fw_flow_key *key)
{
	struct fw_flow *flow = bpf_map_lookup_elem(&flows, key);
	__u32 now;

	if (!flow)
		return NULL;
	now = seconds();
	if (age_of(flow, now) > TIMEOUT_SHORTEST && lapse(key, flow, now))
		return NULL;
	if (flow->seen != now)
		flow->seen = now;
	return flow;
}

/* Bookkeeping that only a change of state costs anything: first answer, its acknowledgement, FIN, RST. */
static __always_inline void track(struct fw_flow_key *key, struct fw_flow *flow, const struct packet *p)
{
	__u32 news = 0, twin_news = 0;
	struct fw_flow_key other;
	struct fw_usage *u;
	struct fw_flow *twin;
	__u32 owner;

	if (flow->flags & FW_FLOW_REPLY && !(flow->flags & FW_FLOW_ANSWERED)) {
		news |= FW_FLOW_ANSWERED;
		twin_news |= FW_FLOW_ANSWERED;
	}
	if (key->protocol == IPPROTO_TCP) {
		if (!(flow->flags & (FW_FLOW_REPLY | FW_FLOW_ESTABLISHED)) && flow->flags & FW_FLOW_ANSWERED &&
		    (p->tcp_flags & (TCP_SYN | TCP_ACK)) == TCP_ACK) {
			news |= FW_FLOW_ESTABLISHED;
			twin_news |= FW_FLOW_ESTABLISHED;
		}
		if (p->tcp_flags & TCP_FIN && !(flow->flags & FW_FLOW_TCP_FIN)) {
			news |= FW_FLOW_TCP_FIN;
			twin_news |= FW_FLOW_TWIN_FIN;
		}
		if (p->tcp_flags & TCP_RST && !(flow->flags & FW_FLOW_TCP_RST)) {
			news |= FW_FLOW_TCP_RST;
			twin_news |= FW_FLOW_TCP_RST;
		}
	}
	if (!news)
		return;
	if (__sync_fetch_and_or(&flow->flags, news) & FW_FLOW_ANSWERED)
		news &= ~FW_FLOW_ANSWERED;
	if (news & FW_FLOW_ANSWERED) {
		owner = flow->owner;
		u = bpf_map_lookup_elem(&usage, &owner);
		if (u)
			give_back(&u->half_open);
	}
	twin_key(&other, key, flow);
	twin = bpf_map_lookup_elem(&flows, &other);
	if (twin)
		__sync_fetch_and_or(&twin->flags, twin_news);
}

/*
 * Both sides said FIN and this is the acknowledgement of the last: the connection is over, and its port can be used again. One that is
 * selective says that something before the FIN is missing, and data is just that; the rows then wait for their time-out.
 */
static __always_inline bool is_over(struct __sk_buff *skb, const struct fw_flow *flow, const struct packet *p)
{
	return flow->flags & FW_FLOW_TCP_FIN && flow->flags & FW_FLOW_TWIN_FIN && !(p->tcp_flags & (TCP_FIN | TCP_SYN | TCP_RST)) &&
	       p->tcp_flags & TCP_ACK && p->l4 + p->l4_length == p->end &&
	       !find_option(skb, p->l4 + sizeof(struct tcphdr), p->l4 + p->l4_length, OPTION_SACK, OPTION_SACK);
}

/* A source stands for the callers of a whole LAN, of every backend that is on another host. */
#define SOURCE_SHARE	4

/* A place under the endpoint's quotas; a reason when there is none. */
static __always_inline __u32 take_place(__u32 owner)
{
	struct fw_config *c = configuration();
	struct fw_usage *u = bpf_map_lookup_elem(&usage, &owner);
	struct fw_port *port = port_row(owner);
	__u32 quota, share;

	if (!c || !u || !port)
		return FW_DROP_PORT_CLOSED;
	share = port->flags & FW_PORT_SOURCE ? SOURCE_SHARE : 1;
	quota = port->flow_quota && port->flow_quota < c->flow_quota ? port->flow_quota : share * c->flow_quota;
	if (__sync_fetch_and_add(&u->flows, 1) >= quota) {
		__sync_fetch_and_add(&u->flows, -1);
		return FW_DROP_FLOW_QUOTA;
	}
	if (__sync_fetch_and_add(&u->half_open, 1) >= share * c->half_open_quota) {
		__sync_fetch_and_add(&u->half_open, -1);
		__sync_fetch_and_add(&u->flows, -1);
		return FW_DROP_HALF_OPEN_QUOTA;
	}
	return FW_DROP_NONE;
}

#endif
