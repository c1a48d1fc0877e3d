/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the hypervisor's log says of hooks, where a request's errno does not
 * tell whose word it is. Takes what the log gained since the request; believes
 * only a line that has the payload's name and the errno where the hypervisor
 * puts them: a payload may be called "hook-22", and others are at work, too.
 */
#ifndef XEN_LIVEPATCH_HOOK_LINES_H
#define XEN_LIVEPATCH_HOOK_LINES_H

#include <stdbool.h>

#include "hypervisor/console_ring.h"
#include "hypervisor/payload.h"

/* Whether a hook gave `rc` (negative) to an action on the payload:
 *     (XEN) livepatch: fix1: not applied: its own hook says -28
 *     (XEN) livepatch: fix0: not applied with 1 more: the apply hook of 'fix1'
 *     says -28
 *     (XEN) livepatch: fix1: pre-apply hook failed (rc=-28), aborting!
 * the last one is stock Xen's. */
bool hook_lines_say_no(const struct console_text *text, const char *name,
                       int rc);

/* Whose pre or post hooks do not let the payload replace the others:
 *     (XEN) livepatch: fix2: cannot replace: 'fix1' has pre or post hooks
 * False: it does not say. */
bool hook_lines_find_hooked(const struct console_text *text, const char *name,
                            char hooked[PAYLOAD_NAME_LENGTH_MAX + 1]);

#endif
