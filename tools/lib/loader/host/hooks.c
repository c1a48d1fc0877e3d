// SPDX-License-Identifier: GPL-2.0
/*
 * In the place of xen/common/livepatch/hook_call.c: no code of a payload runs
 * in this program. A hook that is asked says yes, and one that takes the place
 * of an action's work does the default work.
 */
#include <livepatch/hook_call.h>

#include <xen/livepatch_payload.h>

int lp_hook_call(enum lp_hook kind, void *hook, struct payload *view)
{
    (void)hook;
    switch (kind) {
    case LP_HOOK_APPLY:
        return apply_payload(view);
    case LP_HOOK_REVERT:
        return revert_payload(view);
    default:
        return 0;
    }
}
