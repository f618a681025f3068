/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * Access rules. They are compiled into images (maps.h, `rules`) that src/Fairway.Dataplane/Policies writes while they are read here:
 *   | header | two roots | slots | shapes, tables |
 * A connection is looked up once for each shape: a combination of prefix lengths some rules have. What is found leads to a table of
 * intervals of services; the rule asked first wins, tier by tier. Which of them it is does not depend on the order of shapes.
 */
#ifndef FAIRWAY_POLICY_H
#define FAIRWAY_POLICY_H

#include "report.h"

#define IMAGE_GENERATION	0	/* words of the header */
#define IMAGE_WRITING		1
#define IMAGE_SLOTS		2
#define IMAGE_SLOTS_MASK	3
#define IMAGE_ROOTS		1	/* lines: of even, of odd generations */
#define ROOT_RULES		8	/* words of a root: rules in, out */
#define LINE_OTHER		8	/* words of slots and shapes */
#define LINE_LIST		9
#define LINE_LENGTHS		10
#define KEY_WORDS		11
#define SLOT_IN_USE		11
#define SLOT_SINCE		12
#define SLOT_TABLE		13
#define SLOT_TABLE_BEFORE	14
#define SHAPE_BEST_NUMBER	11
#define SHAPE_BEST_PRIORITY	12
#define SHAPE_TIER		13

#define MAX_PROBES		32
#define MAX_CELL_STEPS		18	/* 2^18 cells */
#define MAX_SHAPES		2048
#define MAX_READINGS		4	/* of an image that changes meanwhile */

#define NO_TIER			0xffffffff
#define NO_RANK			(~0ull)

/* What judge() answers. */
#define ALLOWED			0
#define BLOCKED			1

/* What one image says. */
#define SAYS_NOTHING		0	/* has no rules in the direction */
#define SAYS_NEITHER		1	/* has some, none matches */
#define SAYS_ALLOW		2
#define SAYS_BLOCK		3

/* A connection being judged; too large for the stack. */
struct judging {
	struct fw_flow_key tuple;	/* of its first packet; the caller fills it in */
	__u32 icmp;			/* type and code, or 0; likewise */
	struct fw_rule rule;		/* the answer's reason */
	__u32 owner;			/* the image being read */
	__u32 generation;
	__u32 direction;
	__u32 service;
	__u32 first_shape;
	__u32 tier;
	__u32 number;			/* best rule of the tier so far */
	__u32 action;
	__u64 rank;
	__u32 key[KEY_WORDS];
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct judging);
} judgings SEC(".maps");

static __always_inline struct judging *judging_row(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&judgings, &zero);
}

static __always_inline struct fw_rule_line *line_of(void *image, __u32 number)
{
	return bpf_map_lookup_elem(image, &number);
}

/* A word by a computed number. Masked where it is used: older verifiers forget the bounds of what the compiler puts aside meanwhile. */
static __always_inline __u32 word_at(const struct fw_rule_line *line, __u64 word)
{
	asm volatile("%0 &= 15" : "+r"(word));
	return line->word[word];
}

static __always_inline __u32 now_in(const struct fw_rule_line *line, __u32 word)
{
	return *(volatile __u32 *)&line->word[word];
}

/* The table a key leads to in the generation being read, or 0. */
static __always_inline __u32 find_table(struct judging *j, void *image)
{
	struct fw_rule_line *header, *slot;
	__u32 first, mask, hash = 0, table, different, i, k;
	__u64 now;

	header = line_of(image, 0);
	if (!header)
		return 0;
	first = header->word[IMAGE_SLOTS];
	mask = header->word[IMAGE_SLOTS_MASK];
	for (k = 0; k < KEY_WORDS; k++) {
		hash = (hash ^ j->key[k]) * 0x9e3779b1;
		hash ^= hash >> 15;
	}
	for (i = 0; i < MAX_PROBES; i++) {
		slot = line_of(image, first + ((hash + i) & mask));
		if (!slot || !now_in(slot, SLOT_IN_USE))
			return 0;
		different = 0;
		for (k = 0; k < KEY_WORDS; k++)
			different |= slot->word[k] ^ j->key[k];
		if (different)
			continue;
		now = *(volatile __u64 *)&slot->word[SLOT_SINCE];
		table = now >> 32;
		if ((__s32)(j->generation - (__u32)now) < 0)
			table = now_in(slot, SLOT_TABLE_BEFORE);
		return table;
	}
	return 0;
}

/* Takes the rule that a table has for the service, when it is asked before the best one so far. */
static __always_inline void search_table(struct judging *j, void *image, __u32 table)
{
	__u32 low = 0, count, half, unit, step, number, action;
	struct fw_rule_line *line;
	__u64 rank;

	line = line_of(image, table);
	if (!line)
		return;
	count = line->word[0];
	/* | first service | rule | priority, action | 0 |, four to a line, from the second on */
	for (step = 0; step < MAX_CELL_STEPS && count > 1; step++) {
		half = count / 2;
		unit = low + half + 1;
		line = line_of(image, table + unit / 4);
		if (!line)
			return;
		if (word_at(line, (unit & 3) * 4) <= j->service) {
			low += half;
			count -= half;
		} else {
			count = half;
		}
	}
	unit = low + 1;
	line = line_of(image, table + unit / 4);
	if (!line)
		return;
	unit = (unit & 3) * 4;
	number = word_at(line, unit + 1);
	action = word_at(line, unit + 2);
	rank = (__u64)(action >> 8) << 32 | number;
	if (action & 0xff && rank < j->rank) {
		j->rank = rank;
		j->number = number;
		j->action = action & 0xff;
	}
}

static __always_inline bool is_final(__u32 action)
{
	return action == FW_ACTION_ALLOW || action == FW_ACTION_BLOCK;
}

/* One shape. Ends the walk by 1. */
static long look_by_shape(__u32 index, void *unused)
{
	struct judging *j = judging_row();
	const struct fw_address *local, *remote;
	struct fw_rule_line *shape;
	void *image;
	__u32 table, k;

	if (!j)
		return 1;
	image = bpf_map_lookup_elem(&rules, &j->owner);
	if (!image)
		return 1;
	shape = line_of(image, j->first_shape + index);
	if (!shape)
		return 1;
	if (shape->word[SHAPE_TIER] != j->tier) {
		if (is_final(j->action))
			return 1;
		j->tier = shape->word[SHAPE_TIER];
		j->rank = NO_RANK;
		j->action = FW_ACTION_NONE;
	}
	if (j->rank <= ((__u64)shape->word[SHAPE_BEST_PRIORITY] << 32 | shape->word[SHAPE_BEST_NUMBER]))
		return 0;
	local = j->direction == FW_DIRECTION_OUT ? &j->tuple.source : &j->tuple.destination;
	remote = j->direction == FW_DIRECTION_OUT ? &j->tuple.destination : &j->tuple.source;
	for (k = 0; k < 4; k++) {
		j->key[k] = local->word[k] & shape->word[k];
		j->key[4 + k] = remote->word[k] & shape->word[4 + k];
	}
	j->key[LINE_OTHER] = bpf_ntohs(j->tuple.source_port) & shape->word[LINE_OTHER];
	j->key[LINE_LIST] = shape->word[LINE_LIST];
	j->key[LINE_LENGTHS] = shape->word[LINE_LENGTHS];
	table = find_table(j, image);
	if (table)
		search_table(j, image, table);
	return 0;
}

/* What the image of an owner says. One that changes twice while it is read is read again; one that cannot be read blocks. */
static __always_inline int read_image(struct judging *j, __u32 owner)
{
	struct fw_rule_line *line;
	__u32 reading, place, count, rules_here;
	void *image;

	j->owner = owner;
	place = j->direction * 2 + !is_address4(&j->tuple.source);
	for (reading = 0; reading < MAX_READINGS; reading++) {
		image = bpf_map_lookup_elem(&rules, &owner);
		if (!image)
			return SAYS_BLOCK;
		line = line_of(image, 0);
		if (!line)
			return SAYS_BLOCK;
		j->generation = now_in(line, IMAGE_GENERATION);
		line = line_of(image, IMAGE_ROOTS + (j->generation & 1));
		if (!line)
			return SAYS_BLOCK;
		j->first_shape = word_at(line, place * 2);
		count = word_at(line, place * 2 + 1);
		rules_here = word_at(line, ROOT_RULES + j->direction);
		j->tier = NO_TIER;
		j->rank = NO_RANK;
		j->action = FW_ACTION_NONE;
		if (count > MAX_SHAPES)
			continue;
		bpf_loop(count, look_by_shape, NULL, 0);
		image = bpf_map_lookup_elem(&rules, &owner);
		if (!image)
			return SAYS_BLOCK;
		line = line_of(image, 0);
		if (!line)
			return SAYS_BLOCK;
		/* Begun again, another image included, which goes on counting: what was read may have been overwritten. */
		if (now_in(line, IMAGE_WRITING) - j->generation > 1)
			continue;
		if (is_final(j->action))
			return j->action == FW_ACTION_ALLOW ? SAYS_ALLOW : SAYS_BLOCK;
		return rules_here ? SAYS_NEITHER : SAYS_NOTHING;
	}
	return SAYS_BLOCK;
}

static __always_inline bool is_policed(const struct fw_port *port, const struct fw_network *network)
{
	return port->flags & FW_PORT_POLICED || network->flags & FW_NETWORK_POLICED;
}

/*
 * Whether the access rules of a port, and of its network before them, allow the connection in the judging row, in a direction. A direction
 * with rules none of which matches is closed.
 */
__noinline int judge(__u32 number, __u32 direction)
{
	struct judging *j = judging_row();
	struct fw_network *network;
	struct fw_port *port = port_row(number);
	__u32 policed, owner, i;
	int says;

	if (!j || !port)
		return BLOCKED;
	network = network_row(port->network);
	if (!network)
		return BLOCKED;
	j->rule.owner = 0;
	j->rule.number = 0;
	/* The rules of a network are about its endpoints. */
	if (port->flags & FW_PORT_RESOLVER)
		return ALLOWED;
	j->direction = direction;
	j->service = (__u32)j->tuple.protocol << 16;
	if (j->tuple.protocol == IPPROTO_TCP || j->tuple.protocol == IPPROTO_UDP)
		j->service |= bpf_ntohs(j->tuple.destination_port);
	else
		j->service |= j->icmp & 0xffff;
	for (i = 0; i < 2; i++) {
		policed = i ? port->flags & FW_PORT_POLICED : network->flags & FW_NETWORK_POLICED;
		owner = i ? number : FW_RULES_OF_NETWORK + port->network;
		if (!policed)
			continue;
		says = read_image(j, owner);
		if (says != SAYS_NOTHING)
			j->rule.owner = owner;
		if (says == SAYS_ALLOW || says == SAYS_BLOCK) {
			j->rule.number = is_final(j->action) ? j->number : 0;
			return says == SAYS_ALLOW ? ALLOWED : BLOCKED;
		}
	}
	return j->rule.owner ? BLOCKED : ALLOWED;
}

/* Sets a packet up to be judged, as it is. */
static __always_inline struct judging *judge_packet(const struct packet *p)
{
	struct judging *j = judging_row();

	if (!j)
		return NULL;
	j->tuple = p->key;
	/* Ports of ICMP are an echo's identifier, which no rule is about. */
	j->icmp = (__u32)p->icmp_type << 8 | p->icmp_code;
	if (p->key.protocol == IPPROTO_ICMP || p->key.protocol == IPPROTO_ICMPV6)
		j->tuple.source_port = 0;
	return j;
}

/* Asks the sender's rules about a packet that may open a connection; a reason when they block it. */
static __always_inline __u32 judge_out(const struct packet *p, struct place *at)
{
	struct judging *j = judge_packet(p);
	int verdict;

	if (!j)
		return FW_DROP_POLICY_OUT;
	verdict = judge(at->in_port, FW_DIRECTION_OUT);
	at->out_rule = j->rule;
	return verdict == ALLOWED ? FW_DROP_NONE : FW_DROP_POLICY_OUT;
}

/* Asks the receiver's rules; the judging row holds the packet as the receiver gets it. */
static __always_inline __u32 judge_in(struct judging *j, __u32 number, struct place *at)
{
	int verdict = judge(number, FW_DIRECTION_IN);

	at->in_rule = j->rule;
	return verdict == ALLOWED ? FW_DROP_NONE : FW_DROP_POLICY_IN;
}

#endif
