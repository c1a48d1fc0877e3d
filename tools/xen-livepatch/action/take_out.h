/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reverting and unloading several payloads in an order that the hypervisor
 * takes: reverted from the newest of the stack down, unloaded from what was
 * uploaded last on, since that may use what was uploaded before.
 */
#ifndef XEN_LIVEPATCH_TAKE_OUT_H
#define XEN_LIVEPATCH_TAKE_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "session/session.h"

struct take_out {
    char *const *names; /* checked; not looked at when it is all */
    size_t nr;
    bool is_all; /* all that can be: the applied, or to be unloaded only, those
                    that are not */
    bool reverts;
    bool unloads;
};

/*
 * Do it, as action_run() does each. The first failure is the end; what was done
 * before stays done, but for reverts in one stop.
 */
enum outcome take_out_run(struct session *session,
                          const struct take_out *request);

#endif
