/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A set of three payloads for tests of sets: applied and reverted together,
 * and looked at together.
 */
#ifndef TEST_MEMBERS_H
#define TEST_MEMBERS_H

#include "steps.h"

#define NR_MEMBERS 3

extern struct lp_payload *members[NR_MEMBERS];

/* How the last request about a set ended, whatever was answered. */
extern struct set_outcome {
    int rc;
    unsigned int failed; /* the payload that was the reason, or their number */
} outcome;

/* Requests; flags are LIVEPATCH_ACTION_APPLY_*. */
int apply_members(uint32_t flags);
int apply_set(struct lp_payload *const *payload, unsigned int nr,
              uint32_t flags);
int revert_set(struct lp_payload *const *payload, unsigned int nr);

void assert_all(enum lp_state state, int rc);

/* None is applied and the text is the hypervisor's own. */
void assert_nothing_changed(void);

/* Must succeed, and leave the hypervisor's own text. */
void revert_members(void);
void unload_members(void);

/* A payload of one function; ids as in payload_description. */
struct lp_payload *load_one(const char *name, uint8_t id, uint8_t depends,
                            const struct payload_function *function);

/* The function of that name, of 16 bytes, becomes six bytes of code. */
struct payload_function replacement(const char *name, const uint8_t code[6]);

#endif
