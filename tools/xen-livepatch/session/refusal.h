/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Saying that the hypervisor refused something: the errno in the words that
 * scripts know, then what was tried on what and what that errno means there.
 */
#ifndef XEN_LIVEPATCH_REFUSAL_H
#define XEN_LIVEPATCH_REFUSAL_H

#include <stdint.h>
#include <stdio.h>

/* What was asked; the meaning of an errno depends on it. */
enum request {
    REQUEST_ANY, /* only in the table of meanings */
    REQUEST_LIST,
    REQUEST_STATUS,
    REQUEST_UPLOAD,
    REQUEST_APPLY,
    REQUEST_REVERT,
    REQUEST_UNLOAD,
    REQUEST_REPLACE,
    REQUEST_RESULT, /* an action was accepted and then failed */

    /* What refusal_cause_find() makes of one of them. */
    REQUEST_COVERED,       /* a revert of what is not the newest */
    REQUEST_USED,          /* an unload of what others use */
    REQUEST_VETOED,        /* by a hook of the payload */
    REQUEST_HOOKED,        /* a replace where somebody has pre or post hooks */
    REQUEST_FORCED_UPLOAD, /* with a flag that is not known there */
    REQUEST_UNSENT,        /* by this command, for an old hypervisor */
};

struct attempt {
    enum request request;
    const char *what; /* the verb, such as "upload" */
    const char *name; /* of the payload, or NULL */
};

/*
 * Print that `attempt` gave `rc`, which is not 0:
 *     Error 17: File exists
 *     xen-livepatch: upload of fix1: EEXIST: <what that means for an upload>
 *     <what to do next>
 * The second line is there only when the meaning is known, the third only when
 * there is something to do. `timeout_ns` is what an action was given; `hooked`
 * whose hooks are the reason of REQUEST_HOOKED.
 */
void refusal_print(FILE *err, const struct attempt *attempt, int rc,
                   uint32_t timeout_ns, const char *hooked);

/* What the refusal is in a word that stays the same, such as "not-loaded". */
const char *refusal_code(const struct attempt *attempt, int rc);

#endif
