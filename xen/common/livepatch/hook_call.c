// SPDX-License-Identifier: GPL-2.0
/*
 * Enters a hook by the type of its kind.
 */
#include "hook_call.h"

#include <xen/livepatch_payload.h>

int __nopatch lp_hook_call(enum lp_hook kind, void *hook, struct payload *view)
{
    switch (kind) {
    case LP_HOOK_LOAD:
    case LP_HOOK_UNLOAD:
        ((livepatch_loadcall_t *)hook)();
        return 0;
    case LP_HOOK_POSTAPPLY:
    case LP_HOOK_POSTREVERT:
        ((livepatch_postcall_t *)hook)(view);
        return 0;
    default:
        return ((livepatch_actioncall_t *)hook)(view);
    }
}
