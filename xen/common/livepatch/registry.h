/* SPDX-License-Identifier: GPL-2.0 */
/*
 * All payloads there are, and the stack of those in force. Whoever changes or
 * walks them holds the registry lock, shows it by a token, and reaches them
 * through it.
 */
#ifndef LP_REGISTRY_H
#define LP_REGISTRY_H

#include <xen/symbols.h>

#include "payload.h"

/* Proof that the caller holds the registry lock, and the way to what it
 * protects. */
struct registry_locked {
    struct lp_registry *registry;
};

struct registry_locked registry_lock(void);
void registry_unlock(struct registry_locked locked);

/* False: somebody else has it. */
bool registry_trylock(struct registry_locked *locked) __must_check;

/* For code that is called back by a hook, while whoever called the hook holds
 * the lock. */
struct registry_locked registry_lock_held(void);

/* Each gives NULL when there is none. */
struct lp_payload *lp_registry_find_name(struct registry_locked locked,
                                         const char *name);
struct lp_payload *lp_registry_find_id(struct registry_locked locked,
                                       const struct lp_build_id *id);

/* The newest of the stack, and the one below a payload in it; or NULL. */
struct lp_payload *lp_registry_top(struct registry_locked locked);
struct lp_payload *lp_registry_below(struct registry_locked locked,
                                     const struct lp_payload *payload);

/* The exported symbol of this name and whose it is; false: there is none. */
bool lp_registry_find_export(struct registry_locked locked,
                             const struct hashed_name *name,
                             struct lp_payload **owner, unsigned long *address);

/* In upload order: payload number index, and the one after a payload. */
struct lp_payload *lp_registry_at(struct registry_locked locked,
                                  unsigned int index);
struct lp_payload *lp_registry_next(struct registry_locked locked,
                                    const struct lp_payload *payload);

unsigned int lp_registry_count(struct registry_locked locked);

/* Starts at 1; goes up by one with each payload added or removed. */
uint32_t lp_registry_version(struct registry_locked locked);

/* With its exports, as a user of the payloads it refers to, and under the next
 * number. -EEXIST: an export has the name of another payload's; -ENOMEM. */
int lp_registry_add(struct registry_locked locked,
                    struct lp_payload *payload) __must_check;

/* Returns when no lockless reader can still be on the payload. */
void lp_registry_remove(struct registry_locked locked,
                        struct lp_payload *payload);

void lp_registry_push(struct registry_locked locked,
                      struct lp_payload *payload);
/* The payload is the newest. */
void lp_registry_pop(struct registry_locked locked, struct lp_payload *payload);

/* symbols_lookup_t for payload text (<xen/symbols.h>). From any context. */
const char *lp_registry_symbol(unsigned long addr, unsigned long *size,
                               unsigned long *offset, char *namebuf);

/* In whose memory p lies; NULL: no payload's. It is the lock, or an RCU read
 * lock, that keeps the payload from being unloaded. */
struct lp_payload *lp_registry_find_address(const void *p);

#endif
