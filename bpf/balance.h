/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Which endpoint a publication leads to: the one it names, or one of the backends of a load balancer. */
#ifndef FAIRWAY_BALANCE_H
#define FAIRWAY_BALANCE_H

#include "publication.h"

struct target {
	__u32 port;		/* 0: on another host, by what `remotes` says about its address */
	__u32 generation;
	__u32 network;
	__be16 target_port;
	__u16 pad;
	struct fw_address address;
};

static __always_inline __u32 mix(__u32 hash, __u32 word)
{
	hash = (hash ^ word) * 0x9e3779b1u;
	return hash ^ hash >> 15;
}

static __always_inline __u32 hash_address(__u32 hash, const struct fw_address *address)
{
	return mix(mix(mix(mix(hash, address->word[0]), address->word[1]), address->word[2]), address->word[3]);
}

/* What tells one caller from another, by the affinity that the service asks for. */
static __always_inline __u32 hash_caller(const struct fw_publication *publication, const struct fw_flow_key *key)
{
	__u32 hash = hash_address(0, &key->source);

	if (publication->flags & FW_PUBLICATION_BY_SOURCE)
		return hash;
	hash = mix(hash, key->protocol);
	if (publication->flags & FW_PUBLICATION_BY_SOURCE_PROTOCOL)
		return hash;
	hash = mix(hash, (__u32)key->source_port << 16 | key->destination_port);
	return hash_address(hash, &key->destination);
}

/* Rendezvous hashing (Thaler and Ravishankar, 1998): every backend draws a number for the caller, and the highest wins. */
static __always_inline __u32 rank_backends(const struct fw_balancer *balancer, __u32 hash)
{
	__u32 best = 0, chosen = 0, index, rank, i;
	struct fw_backend *backend;

	for (i = 0; i < FW_RANKED_BACKENDS && i < balancer->backends; i++) {
		index = balancer->first_backend + i;
		backend = bpf_map_lookup_elem(&backends, &index);
		if (!backend)
			break;
		rank = mix(mix(hash, backend->identity), 0x85ebca6bu);
		if (rank >= best) {
			best = rank;
			chosen = i;
		}
	}
	return chosen;
}

static __always_inline __u32 look_up_choice(const struct fw_balancer *balancer, __u32 hash)
{
	/* The low bits of the product vary least. */
	__u32 choice = (mix(hash, 0x85ebca6bu) >> 7) & balancer->mask;
	__u32 index = balancer->first_line + choice / FW_LINE_CHOICES;
	struct fw_choice_line *line = bpf_map_lookup_elem(&choices, &index);

	return line ? line->backend[choice % FW_LINE_CHOICES] : balancer->backends;
}

/* Takes the backend that a hash falls to. 0 when there is none. */
__noinline int choose_backend(__u32 number, __u32 hash, struct target *target)
{
	struct fw_balancer *balancer = bpf_map_lookup_elem(&balancers, &number);
	struct fw_backend *backend;
	__u32 index;

	if (!target || !balancer || !balancer->backends)
		return 0;
	index = balancer->backends <= FW_RANKED_BACKENDS ? rank_backends(balancer, hash) : look_up_choice(balancer, hash);
	if (index >= balancer->backends)
		return 0;
	index += balancer->first_backend;
	backend = bpf_map_lookup_elem(&backends, &index);
	if (!backend || backend->stamp != balancer->stamp)
		return 0;
	target->port = backend->port;
	target->generation = backend->generation;
	target->network = backend->network;
	target->address = backend->address;
	return 1;
}

static __always_inline bool find_target(const struct fw_publication *publication, __u32 hash, struct target *target)
{
	target->target_port = publication->target_port;
	if (publication->flags & FW_PUBLICATION_BALANCED)
		return choose_backend(publication->number, hash, target);
	target->port = publication->port;
	target->generation = publication->generation;
	target->network = publication->network;
	target->address = publication->target;
	return true;
}

#endif
