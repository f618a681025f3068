/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * What the switch and the daemon share: sizes, flags and the rows of every map. src/Fairway.Dataplane/Switch mirrors it field by
 * field and a test compares both with the compiler. A change that an older program could not read needs a new FW_LAYOUT.
 */
#ifndef FAIRWAY_LAYOUT_H
#define FAIRWAY_LAYOUT_H

#include <linux/types.h>

#define FW_LAYOUT		1	/* /sys/fs/bpf/INSTANCE/v1 */

#define FW_MAX_PORTS		16384	/* endpoints, numbered from 1 */
#define FW_MAX_NETWORKS		4096	/* numbered from 1 */
#define FW_RESOLVER_PORT	FW_MAX_PORTS	/* the resolver of network N is port FW_RESOLVER_PORT + N */
#define FW_PORT_ROWS		(FW_MAX_PORTS + FW_MAX_NETWORKS)
#define FW_MAX_ADDRESSES	65536
#define FW_MAX_FLOWS		524288	/* two rows a connection */
#define FW_MAX_PUBLICATIONS	262144
#define FW_MAX_SOURCES		65536
#define FW_MAX_BALANCERS	32768	/* one a load balancer and family */
#define FW_MAX_BACKENDS		131072	/* of all load balancers together, while one is changed twice */
#define FW_CHOICE_LINES		131072
#define FW_LINE_CHOICES		32
#define FW_MAX_UPLINKS		1024
#define FW_MAX_HOST_ADDRESSES	4096
#define FW_MAX_VIRTUAL_SUBNETS	8192
#define FW_MAX_REMOTES		131072
#define FW_MAX_WAYS		131072
#define FW_MAX_SIDECAR_PREFIXES	131072
#define FW_SIDECAR_RANGES	32	/* of ports, each way */
#define FW_MAX_MEMBERS		1024	/* endpoints on one segment; a power of 2 */
#define FW_RULES_OF_NETWORK	FW_PORT_ROWS	/* the access rules of network N are image FW_RULES_OF_NETWORK + N, those of a port its number */
#define FW_RULE_IMAGES		(FW_PORT_ROWS + FW_MAX_NETWORKS)

/* The minor of a filter's class id (TCA_BPF_CLASSID) tells a program where it stands without a lookup:
 * from_endpoint: the port; to_endpoints: the network; from_tunnel: the UDP port, or the uplink's if that went over to it; from_uplink: one of these. */
#define FW_UPLINK_ETHERNET	1
#define FW_UPLINK_RAW		2	/* a device without a link-layer header */
#define FW_UPLINK_SHARED	3	/* the last one, and therefore no VXLAN port either: an Ethernet device whose segments have endpoints: to_uplink stands there too */

/* Both families in one shape: IPv4 as ::ffff:a.b.c.d. */
struct fw_address {
	__be32 word[4];
};

/* map `config`, ARRAY[1] */
struct fw_config {
	__u64 host_cookie;	/* SO_NETNS_COOKIE of the namespace that is the host */
	__u32 epoch;		/* grows after rules became stricter or routes changed: flows are then looked at again */
	__u32 watchers;		/* above 0: new flows and drops go to `events` */
	__u16 nat_first;	/* source ports of translated connections, host byte order */
	__u16 nat_last;
	__u32 flow_quota;	/* connections of one endpoint */
	__u32 half_open_quota;	/* of these, not yet answered */
	__u32 pad;
};

/* map `networks`, ARRAY[FW_MAX_NETWORKS], by network number */
#define FW_NETWORK_LIVE		1
#define FW_NETWORK_NAT		2	/* a way out through the host's uplinks */
#define FW_NETWORK_HOST		4	/* has a host vNIC */
#define FW_NETWORK_POLICED	8	/* has access rules */
#define FW_NETWORK_SEGMENT	16	/* its endpoints are stations of the LAN behind an uplink */
#define FW_NETWORK_ONE_MAC	32	/* outside, they all have the uplink's MAC */
#define FW_NETWORK_HAIRPIN	64	/* whatever they send goes to the next hop first, their neighbours' included; the gateways are the next hops */
#define FW_NETWORK_OVERLAY	128	/* other hosts have endpoints of it: see `remotes` */
#define FW_NETWORK_HOST_ROUTE	256	/* its endpoints reach every address of the host */
struct fw_network {
	__u32 flags;
	__u32 host_ifindex;	/* the host vNIC */
	struct fw_address gateway4;	/* zero when the network has no such family */
	struct fw_address gateway6;
	__u8 gateway_mac[6];
	__u16 mtu;
	__u32 uplink;		/* ifindex; of an overlay, of the VXLAN device of its UDP port */
	__u8 uplink_mac[6];
	__u16 vlan;		/* 0: untagged */
};

/* map `segments`, HASH: which network's endpoints are on a LAN -> network number */
struct fw_segment_key {
	__u32 uplink;
	__u32 vlan;
};

/* map `members`, HASH: network number -> the ports on a segment, for what is sent to all of them */
struct fw_members {
	__u32 count;
	__u32 ports[FW_MAX_MEMBERS];
};

/* map `floods`, ARRAY[FW_PORT_ROWS]: copies made in a second of what a port sent to all; of what came from outside, at the number of the
 * network's resolver, which segments have not */
struct fw_flood {
	__u32 second;
	__u32 copies;
};

/* map `ports`, ARRAY[FW_PORT_ROWS], by port number. A row of zeroes is a closed port. */
#define FW_PORT_LIVE		1
#define FW_PORT_RESOLVER	2	/* carries the network's gateway addresses; answers DNS only */
#define FW_PORT_PUBLISHED	4	/* its answers may belong to a publication: look at `flows` first */
#define FW_PORT_LINK_LAYER	8	/* deliver by redirect (tap, or end in the host's namespace), not to the veth's peer */
#define FW_PORT_POLICED		16	/* has access rules of its own */
#define FW_PORT_LEASES		32	/* its IPv4 address is what a DHCP server of the LAN gave it last */
#define FW_PORT_APART		64	/* exchanges nothing with other endpoints of its network */
#define FW_PORT_LIMITED		128	/* what it sends is held to its row in `limits` */
#define FW_PORT_TOLD		256	/* its DHCP client is heard, and answered, by the daemon at the tap */
#define FW_PORT_CLOSING		512	/* not live: its rows are being taken out, or are not all there yet */
#define FW_PORT_SOURCE		1024	/* nobody stands there: load balancers call with its addresses for callers from outside an overlay network */
struct fw_port {
	__u32 flags;
	__u32 generation;	/* flows of an earlier owner of the number do not match */
	__u32 network;
	__u32 ifindex;		/* host side of the veth, or tap */
	struct fw_address address4;	/* first address of each family, zero when there is none; further ones only in `addresses` */
	struct fw_address address6;
	__u8 mac[6];
	__u16 mtu;
	__u32 ways;		/* number of its set in `ways`; 0: everything goes as its network has it */
	__u32 flow_quota;	/* of its own, below that of `config`; 0: none */
};

/* map `leases`, HASH: port number -> the address its DHCP client was given; `address4` of its row says the same */
struct fw_lease {
	struct fw_address address;
	__u32 generation;	/* of the port */
	__u32 ends;		/* seconds of CLOCK_MONOTONIC */
};

/* map `limits`, HASH: port number -> how fast it may send. What it sent takes its time at the rate; `until` is when that is over. */
struct fw_limit {
	__u64 rate;	/* bytes a second */
	__u64 ahead;	/* nanoseconds that `until` may be ahead of the clock for one more packet to go */
	__u64 until;	/* nanoseconds of CLOCK_MONOTONIC; the switch writes it */
};

/* map `links`, HASH: ifindex -> port; the way a program finds its port when the filter carries no class id */

/* map `addresses`, HASH: every address of every live port; of resolvers, the gateways that are not the first of their family; on segments
 * the ports' MACs too, as ffff:ffff:ffff:ffff::MAC */
struct fw_address_key {
	__u32 network;
	struct fw_address address;
};
struct fw_address_row {
	__u32 port;
};

/* map `programs`, PROG_ARRAY */
#define FW_PROGRAMS		1
#define FW_PROGRAM_FROM_TUNNEL	0

/* map `virtual_subnets`, HASH: whose a VXLAN packet is -> network number */
struct fw_virtual_subnet_key {
	__u32 id;	/* VSID, 24 bits */
	__u32 port;	/* UDP, host byte order */
};

/* map `remotes`, LPM_TRIE: network number, then prefix (bits as in `sources`): where endpoints of other hosts are */
#define FW_REMOTE_ROUTED	1	/* behind the other host's router: the frame carries both routers' MACs */
struct fw_remote_key {
	__u32 bits;
	__be32 network;
	struct fw_address address;
};
struct fw_remote {
	__u32 flags;
	__u32 virtual_subnet;
	struct fw_address provider;	/* the other host's address */
	struct fw_address local;	/* what the packet leaves with; zero: as the host routes */
	__u8 mac[6];	/* what the frame is addressed to */
	__u16 pad;
};

/* map `ways`, LPM_TRIE: number of a set, then prefix (bits as in `sources`): how a port's packets leave its network. A set is never changed, but exchanged for another. */
#define FW_WAY_TRANSLATED	1	/* with `source`, or, when that is zero, the uplink's address */
#define FW_WAY_UNTRANSLATED	2	/* with the port's own address */
#define FW_WAY_HOP		4	/* by `next_hop`; else as the host routes */
#define FW_WAY_ENCAPSULATED	8	/* to the host that has `next_hop` by `remotes` */
struct fw_way_key {
	__u32 bits;
	__be32 set;
	struct fw_address address;
};
struct fw_way {
	__u32 flags;		/* neither of the first two: not at all */
	struct fw_address source;
	struct fw_address next_hop;
};

/* map `sidecar_spaces`, HASH: SO_NETNS_COOKIE of a namespace -> the port whose row in `sidecars` is about it */

/* map `sidecars`, HASH: port number -> the proxy beside the endpoint's processes, in their namespace, or elsewhere. What it says about addresses is a set in `sidecar_prefixes`. */
#define FW_SIDECAR_OUT		1	/* what processes of the namespace call is led to `outbound_port` */
#define FW_SIDECAR_IN		2	/* what calls the endpoint is led to `inbound_port` */
#define FW_SIDECAR_USER		4	/* but what processes of `user` call */
struct fw_sidecar {
	__u32 flags;
	__u32 set;
	__u32 user;
	__be16 outbound_port;	/* 0: the one that is called */
	__be16 inbound_port;
	__u32 outbound_count;
	__u32 inbound_count;
	struct fw_address outbound4;	/* zero: the loopback */
	struct fw_address outbound6;
	__u32 outbound_ranges[FW_SIDECAR_RANGES];	/* the ports that are called: first in the upper half, last in the lower; all others are left alone */
	__u32 inbound_ranges[FW_SIDECAR_RANGES];
};

/* map `sidecar_prefixes`, LPM_TRIE: number of a set, then prefix (bits as in `sources`) -> FW_SIDECAR_OUT, FW_SIDECAR_IN. A set is never changed, but exchanged. */
struct fw_sidecar_key {
	__u32 bits;
	__be32 set;
	struct fw_address address;	/* of the other side */
};

/* map `publications`, HASH. One that is balanced leads to the backends of `balancers` under its number; of its target only the port counts, and
 * the rest is about the source, if it has one. */
#define FW_PUBLICATION_FROM	1	/* only from the prefixes in `sources` under its number */
#define FW_PUBLICATION_BALANCED	2
#define FW_PUBLICATION_INTERNAL	4	/* not for callers from outside */
#define FW_PUBLICATION_BY_SOURCE	8	/* callers from one address get the same backend */
#define FW_PUBLICATION_BY_SOURCE_PROTOCOL	16	/* and this, for each transport protocol */
#define FW_PUBLICATION_KEPT	64	/* what is called keeps its destination address: the backend has it, too */
#define FW_PUBLICATION_SOURCED	32	/* callers who are not of the backends' overlay network come from `target`, an address of the source `port` */
struct fw_publication_key {
	struct fw_address address;	/* ::ffff:0.0.0.0 or :: for every address of the family */
	__be16 port;
	__u8 protocol;
	__u8 pad;
};
struct fw_publication {
	__u32 number;
	__u32 port;
	__u32 generation;
	__u32 network;
	__u32 flags;
	__be16 target_port;
	__u16 pad;
	struct fw_address target;
};

/*
 * map `balancers`, HASH by publication number. A balancer has a row in `backends` for each backend. Of a few, the one that ranks highest
 * for a caller is taken, so that nobody else's callers move when one comes or goes; many have a table of choices, a power of two
 * long, that says for each hash which of them to take. Both are written anew for a change, and this row then exchanged; rows and lines
 * given up are used again late, and a row of backends says whose it is.
 */
#define FW_RANKED_BACKENDS	32
struct fw_balancer {
	__u32 stamp;		/* of no other balancer, nor of this one before */
	__u32 first_backend;
	__u32 backends;		/* 0: nobody is there */
	__u32 first_line;
	__u32 mask;		/* choices - 1, when there are more backends than are ranked */
};

/* map `backends`, ARRAY[FW_MAX_BACKENDS] */
struct fw_backend {
	__u32 stamp;
	__u32 port;		/* 0: of an overlay network, on another host */
	__u32 generation;
	__u32 network;
	__u32 identity;		/* of the endpoint: a hash of its id */
	struct fw_address address;
};

/* map `choices`, ARRAY[FW_CHOICE_LINES]: which backend of the balancer */
struct fw_choice_line {
	__u16 backend[FW_LINE_CHOICES];
};

/* map `sources`, LPM_TRIE: publication number, then prefix (bits = 32 + prefix length; IPv4 adds 96) -> 1 */
struct fw_source_key {
	__u32 bits;
	__be32 number;
	struct fw_address address;
};

/* map `uplinks`, HASH: ifindex of every device of the host that is not ours */
#define FW_UPLINK_NO_MAC	1	/* no link-layer header */
struct fw_uplink {
	__u32 flags;
	__u32 mtu;
	struct fw_address source4;	/* translated packets carry these; zero when the device has none */
	struct fw_address source6;
};

/* map `host_addresses`, HASH: fw_address -> __u32 1; every address of the host, loopback and host vNICs included */

/* map `rules`, ARRAY_OF_MAPS of mappable arrays: images of access rules, in lines. src/Fairway.Dataplane/Policies/RuleLines.cs draws them. */
#define FW_LINE_WORDS		16
struct fw_rule_line {
	__u32 word[FW_LINE_WORDS];
};

#define FW_DIRECTION_IN		0
#define FW_DIRECTION_OUT	1
#define FW_ACTION_NONE		0	/* no rule */
#define FW_ACTION_ALLOW		1
#define FW_ACTION_BLOCK		2
#define FW_ACTION_PASS		3

/* The rule that decided: number 0 when none matched and the direction is closed for that; owner 0 when nobody was asked. */
struct fw_rule {
	__u32 owner;	/* an image's number */
	__u32 number;
};

/* map `flows`, HASH */
struct fw_flow_key {
	__u32 scope;		/* number of the network the packet came from; 0: from an uplink */
	struct fw_address source;
	struct fw_address destination;
	__be16 source_port;	/* ICMP echo: the identifier in both */
	__be16 destination_port;
	__u8 protocol;
	__u8 pad[3];
};

#define FW_FLOW_TO_PORT		1	/* out is a port number, else an ifindex */
#define FW_FLOW_REPLY		2	/* against the direction of the first packet */
#define FW_FLOW_PUBLISHED	4	/* came in through a publication, else out through translation */
#define FW_FLOW_TCP_FIN		8	/* this direction sent its FIN */
#define FW_FLOW_TCP_RST		16
#define FW_FLOW_NO_MAC		32	/* out is a device without a link-layer header */
#define FW_FLOW_TWIN_FIN	64	/* the other direction sent its FIN */
#define FW_FLOW_ANSWERED	128	/* a packet came back */
#define FW_FLOW_ESTABLISHED	256	/* TCP: and the one who began has acknowledged it, so its address is its own */
#define FW_FLOW_LOCAL		512	/* inside a network: forwarded as it is */
#define FW_FLOW_TO_HOST		1024	/* out is a network: to the host by its vNIC there */
#define FW_FLOW_CUT		2048	/* no longer allowed, by `rule` */
#define FW_FLOW_TO_REMOTE	4096	/* to another host, by what `remotes` says about the destination */
#define FW_FLOW_BY_HOP		8192	/* out is an uplink, and the next hop is told by `ways` */
#define FW_FLOW_SOURCED		16384	/* of a caller from outside an overlay network, who comes from the address of a source there */
struct fw_flow {
	__u32 flags;
	__u32 epoch;
	__u32 owner;		/* port whose quota it counts against */
	__u32 in_port;		/* 0: from an uplink */
	__u32 in_generation;
	__u32 out;
	__u32 out_generation;
	__u32 publication;	/* its number, or 0 */
	__u32 seen;		/* seconds of CLOCK_MONOTONIC, coarse */
	__u16 mtu;		/* of the way out */
	__u16 pad;
	__be16 source_port;	/* what the packet leaves with */
	__be16 destination_port;
	struct fw_address source;
	struct fw_address destination;
	__u32 twin_scope;	/* scope of the other direction's key; the rest follows from this row and its key */
	struct fw_rule rule;
};

/* map `usage`, ARRAY[FW_PORT_ROWS]: connections counted against a port */
struct fw_usage {
	__u32 flows;
	__u32 half_open;
};

/* map `statistics`, PERCPU_ARRAY[FW_PORT_ROWS]; "in" is towards the endpoint */
struct fw_statistics {
	__u64 packets_out;
	__u64 bytes_out;
	__u64 packets_in;
	__u64 bytes_in;
	__u64 drops_out;
	__u64 drops_in;
};

/* map `drops`, PERCPU_ARRAY[64] of __u64, by reason. Fairway.Model/Flows/DropReason.cs has the same list. */
enum fw_reason {
	FW_DROP_NONE,
	FW_DROP_MALFORMED,
	FW_DROP_PORT_CLOSED,
	FW_DROP_SOURCE_MAC,
	FW_DROP_SOURCE_ADDRESS,
	FW_DROP_NO_SUCH_ENDPOINT,
	FW_DROP_ISOLATED,
	FW_DROP_UNPUBLISHED,
	FW_DROP_SOURCE_NOT_ALLOWED,
	FW_DROP_MULTICAST,
	FW_DROP_ROGUE_SERVICE,
	FW_DROP_NO_ROUTE,
	FW_DROP_NO_SOURCE_ADDRESS,
	FW_DROP_NAT_PORTS,
	FW_DROP_FLOW_QUOTA,
	FW_DROP_HALF_OPEN_QUOTA,
	FW_DROP_UNKNOWN_FRAGMENT,
	FW_DROP_TOO_BIG,
	FW_DROP_TTL_EXPIRED,
	FW_DROP_PROTOCOL,
	FW_DROP_STALE_FLOW,
	FW_DROP_FLOW_TABLE_FULL,
	FW_DROP_NOT_DELIVERED,
	FW_DROP_INVALID_STATE,
	FW_DROP_POLICY_OUT,
	FW_DROP_POLICY_IN,
	FW_DROP_FLOOD,
	FW_DROP_NO_BACKEND,
	FW_DROP_TUNNEL,
	FW_DROP_RATE_LIMIT,
	FW_DROP_REASONS,
};

/* map `events`, RINGBUF */
#define FW_EVENT_DROP		1
#define FW_EVENT_FLOW		2
struct fw_event {
	__u64 time;		/* nanoseconds, CLOCK_MONOTONIC */
	__u8 kind;
	__u8 reason;		/* enum fw_reason */
	__u8 protocol;
	__u8 pad;
	__u32 network;		/* 0: none */
	__u32 in_port;		/* 0: host or uplink */
	__u32 out_port;		/* 0: host, uplink or unknown */
	__be16 source_port;
	__be16 destination_port;
	__u32 length;		/* bytes of the packet */
	__u32 missed;		/* events this CPU did not send since its last one */
	__u16 ether_type;	/* host byte order */
	__u16 pad2;
	struct fw_address source;
	struct fw_address destination;
	struct fw_rule out_rule;	/* of the sender */
	struct fw_rule in_rule;		/* of the receiver */
};

#endif
