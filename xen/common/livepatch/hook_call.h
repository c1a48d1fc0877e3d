/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The one place where a payload's own code is entered. A host that must not run
 * it (tools/lib/loader) has another hook_call.c.
 */
#ifndef LP_HOOK_CALL_H
#define LP_HOOK_CALL_H

#include "payload.h"

struct payload;

/* Calls a hook of that kind, with what it may see of its payload. What it
 * gives, whatever that is; 0 for those that give nothing. */
int lp_hook_call(enum lp_hook kind, void *hook, struct payload *view);

#endif
