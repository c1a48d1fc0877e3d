// SPDX-License-Identifier: GPL-2.0
/*
 * The default work of an action, for the hooks that take its place or come
 * after it: what <xen/livepatch_payload.h> offers to them. In the stop it is
 * done at once; a post hook, with all pCPUs running, gets a stop of its own.
 */
#include <xen/errno.h>
#include <xen/livepatch_payload.h>

#include "action.h"
#include "hooks.h"
#include "log.h"
#include "stop.h"

enum moment {
    IN_THE_STOP,
    AFTER_IT,
    NOT_NOW, /* not in such a hook, or another payload's view */
};

static enum moment __nopatch find_moment(const struct payload *view)
{
    const struct lp_hook_call *call = lp_hooks_current();

    if (!call || view->name != call->payload->name) {
        return NOT_NOW;
    }
    switch (call->kind) {
    case LP_HOOK_APPLY:
    case LP_HOOK_REVERT:
        return IN_THE_STOP;
    case LP_HOOK_POSTAPPLY:
    case LP_HOOK_POSTREVERT:
        return AFTER_IT;
    default:
        return NOT_NOW;
    }
}

static noinline int move_after_stop(bool is_apply)
{
    return lp_action_by_hook(registry_lock_held(), lp_hooks_current()->payload,
                             is_apply);
}

static int __nopatch perform(const struct payload *view, bool is_apply)
{
    switch (find_moment(view)) {
    case IN_THE_STOP:
        if (is_apply) {
            lp_stop_put_in_force(lp_hooks_current()->payload);
        } else {
            lp_stop_take_out_of_force(lp_hooks_current()->payload);
        }
        return 0;
    case AFTER_IT:
        return move_after_stop(is_apply);
    default:
        return -EINVAL;
    }
}

int __nopatch apply_payload(struct payload *payload)
{
    return perform(payload, true);
}

int __nopatch revert_payload(struct payload *payload)
{
    return perform(payload, false);
}

/* The accounts are the action's own; a hook cannot forget them. */
void __nopatch apply_payload_tail(struct payload *payload)
{
    (void)payload;
}

void __nopatch revert_payload_tail(struct payload *payload)
{
    (void)payload;
}
