/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* The virtual switch. README.md tells where each program stands and what the packet meets in which header. */
#include "layout.h"
#include "maps.h"
#include "endpoint.h"
#include "host.h"
#include "sidecar.h"
#include "sockets.h"
#include "stations.h"
#include "sweep.h"
#include "tunnel.h"
#include "underlay.h"
#include "uplink.h"

/* A filter says where it stands by its class id; without one (a filter put back by hand) the device tells. */
static __always_inline __u32 where(struct __sk_buff *skb)
{
	__u32 ifindex = skb->ifindex, *number;

	if (skb->tc_classid)
		return skb->tc_classid;
	number = bpf_map_lookup_elem(&links, &ifindex);
	return number ? *number : 0;
}

SEC("tc")
int from_endpoint(struct __sk_buff *skb)
{
	return handle_from_endpoint(skb, where(skb));
}

SEC("tc")
int to_endpoints(struct __sk_buff *skb)
{
	return handle_to_endpoints(skb, where(skb));
}

SEC("tc")
int from_uplink(struct __sk_buff *skb)
{
	unwrap(skb);
	return handle_from_uplink(skb, where(skb));
}

SEC("tc")
int to_uplink(struct __sk_buff *skb)
{
	return handle_to_uplink(skb);
}

SEC("tc")
int from_tunnel(struct __sk_buff *skb)
{
	return handle_from_tunnel(skb, where(skb));
}

SEC("tc")
int to_sidecar(struct __sk_buff *skb)
{
	return lead_in(skb, skb->tc_classid);
}

/* Run once by whoever loads the switch; from then on it goes by itself. */
SEC("tc")
int start_sweeper(struct __sk_buff *skb)
{
	__u32 zero = 0;
	struct sweeper *sweeper = bpf_map_lookup_elem(&sweepers, &zero);

	if (!sweeper)
		return -1;
	/* Refused when an earlier switch did it: the timer lives in the map. */
	bpf_timer_init(&sweeper->timer, &sweepers, CLOCK_MONOTONIC);
	if (bpf_timer_set_callback(&sweeper->timer, sweep_flows))
		return -2;
	return bpf_timer_start(&sweeper->timer, SWEEP_INTERVAL, 0) ? -3 : 0;
}

SEC("cgroup/connect4")
int connect4(struct bpf_sock_addr *ctx)
{
	return is_ours(ctx) ? exchange(ctx, true) : lead_out(ctx, true);
}

SEC("cgroup/connect6")
int connect6(struct bpf_sock_addr *ctx)
{
	return is_ours(ctx) ? exchange(ctx, false) : lead_out(ctx, false);
}

SEC("cgroup/sendmsg4")
int sendmsg4(struct bpf_sock_addr *ctx)
{
	return exchange(ctx, true);
}

SEC("cgroup/sendmsg6")
int sendmsg6(struct bpf_sock_addr *ctx)
{
	return exchange(ctx, false);
}

SEC("cgroup/recvmsg4")
int recvmsg4(struct bpf_sock_addr *ctx)
{
	return is_ours(ctx) ? restore(ctx, true) : ALLOW;
}

SEC("cgroup/recvmsg6")
int recvmsg6(struct bpf_sock_addr *ctx)
{
	return is_ours(ctx) ? restore(ctx, false) : ALLOW;
}

SEC("cgroup/getpeername4")
int getpeername4(struct bpf_sock_addr *ctx)
{
	return restore(ctx, true);
}

SEC("cgroup/getpeername6")
int getpeername6(struct bpf_sock_addr *ctx)
{
	return restore(ctx, false);
}

SEC("cgroup/bind4")
int bind4(struct bpf_sock_addr *ctx)
{
	return refuse_published(ctx, true);
}

SEC("cgroup/bind6")
int bind6(struct bpf_sock_addr *ctx)
{
	return refuse_published(ctx, false);
}

SEC("sockops")
int sidecar_calls(struct bpf_sock_ops *ctx)
{
	if (ctx->op == BPF_SOCK_OPS_TCP_CONNECT_CB)
		note_caller(ctx);
	else if (ctx->op == BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB)
		note_original(ctx);
	return ALLOW;
}

SEC("cgroup/getsockopt")
int sidecar_option(struct bpf_sockopt *ctx)
{
	return tell_original(ctx);
}

char _license[] SEC("license") = "Dual MIT/GPL";
