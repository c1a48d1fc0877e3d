// SPDX-License-Identifier: GPL-2.0
/*
 * The bytes of a payload's changes, into the text and back.
 */
#include "patch.h"

#include <xen/string.h>

#include "log.h"

int lp_patch_prepare(const struct payload *payload, struct lp_patch *patch)
{
    struct livepatch_window *window;
    const int rc =
        arch_livepatch_window_open(payload->changes, payload->nfuncs, &window);

    if (rc) {
        lp_err(payload->name, "no writable view of %u functions: error %d",
               payload->nfuncs, rc);
        return rc;
    }
    *patch = (struct lp_patch){
        .changes = payload->changes,
        .nr = payload->nfuncs,
        .window = window,
    };
    return 0;
}

int lp_patch_write(void *arg)
{
    const struct lp_patch *patch = arg;

    arch_livepatch_window_begin(patch->window);
    for (unsigned int i = 0; i < patch->nr; i++) {
        arch_livepatch_window_write(patch->window, i, patch->changes[i].after);
    }
    arch_livepatch_window_end(patch->window);
    return 0;
}

int lp_patch_restore(void *arg)
{
    const struct lp_patch *patch = arg;

    arch_livepatch_window_begin(patch->window);
    for (unsigned int i = patch->nr; i-- > 0;) {
        arch_livepatch_window_write(patch->window, i, patch->changes[i].before);
    }
    arch_livepatch_window_end(patch->window);
    return 0;
}

void lp_patch_finish(struct lp_patch *patch)
{
    arch_livepatch_window_close(patch->window);
    *patch = (struct lp_patch){.nr = 0};
}

void lp_patch_save_old(struct payload *payload)
{
    for (unsigned int i = 0; i < payload->nfuncs; i++) {
        struct livepatch_change *change = &payload->changes[i];

        memcpy(change->before, change->where, change->nr_bytes);
    }
}
