// SPDX-License-Identifier: GPL-2.0
/*
 * Reads the text, peels off it what earlier steps revert, and lays on it what
 * they apply.
 */
#include "text_view.h"

#include <xen/string.h>

#include "patch.h"

const struct lp_payload *lp_text_view_top(struct registry_locked locked,
                                          const struct lp_action *action,
                                          unsigned int nr_steps)
{
    const struct lp_step *last;

    if (nr_steps == 0) {
        return lp_registry_top(locked);
    }
    last = &action->step[nr_steps - 1];
    return last->is_apply ? last->payload
                          : lp_registry_below(locked, last->payload);
}

void lp_text_view_read(const struct lp_action *action, unsigned int nr_steps,
                       const uint8_t *where, unsigned int nr, uint8_t *bytes)
{
    memcpy(bytes, where, nr);
    for (unsigned int i = 0; i < nr_steps; i++) {
        const struct lp_step *step = &action->step[i];

        if (step->is_apply) {
            (void)lp_patch_lay(step->payload, where, nr, bytes);
        } else {
            lp_patch_peel(step->payload, where, nr, bytes);
        }
    }
}

void lp_text_view_save_old(struct registry_locked locked,
                           const struct lp_action *action, unsigned int i)
{
    struct lp_payload *payload = action->step[i].payload;
    const bool is_bare = !lp_text_view_top(locked, action, i);

    if (is_bare && payload->before_is_bare) {
        return;
    }
    payload->before_is_bare = is_bare;
    for (unsigned int at = 0; at < payload->nfuncs; at++) {
        struct livepatch_change *change = &payload->changes[at];

        lp_text_view_read(action, i, change->where, change->nr_bytes,
                          change->before);
    }
}
