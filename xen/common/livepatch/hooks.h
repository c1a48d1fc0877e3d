/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload's own functions that the loader calls around an action: eight
 * kinds, found in sections of their own. When each is called is action.c's.
 *
 * Source: <xen/livepatch_payload.h>, what hook authors are promised.
 */
#ifndef LP_HOOKS_H
#define LP_HOOKS_H

#include "image.h"

/*
 * Reads the pointers of one kind from their section.
 *   -EINVAL  a pointer leads out of the payload's text; a NULL among load or
 *            unload hooks; not exactly one of another kind
 * A single hook that is NULL counts as absent.
 */
int lp_hooks_read(struct lp_payload *payload, enum lp_hook kind,
                  const struct lp_part *section) __must_check;

bool lp_hooks_has(const struct lp_payload *payload, enum lp_hook kind);

/* True when the payload has a hook that is shown the payload's entries. */
bool lp_hooks_have_view(const struct lp_payload *payload);

/* True when the payload has a hook that runs in a stop. */
bool lp_hooks_have_in_stop(const struct lp_payload *payload);

/* True when the payload has a pre or post hook of any action. */
bool lp_hooks_has_around(const struct lp_payload *payload);

/*
 * Calls the pre or action hook; 0 when there is none. What is not a negative
 * errno or 0 becomes -EINVAL; -EAGAIN, which callers of the sysctl read as "on
 * its way", becomes -EBUSY.
 */
int lp_hooks_ask(struct lp_payload *payload, enum lp_hook kind);

/* Calls the post hook, or all load or unload hooks in their order. */
void lp_hooks_tell(struct lp_payload *payload, enum lp_hook kind);

/* The call of a hook that is under way, and whose it is; NULL: none. */
struct lp_hook_call {
    struct lp_payload *payload;
    enum lp_hook kind;
};
const struct lp_hook_call *lp_hooks_current(void);

#endif
