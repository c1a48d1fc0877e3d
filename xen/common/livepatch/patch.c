// SPDX-License-Identifier: GPL-2.0
/*
 * The bytes of a payload's changes, into the text and back.
 */
#include "patch.h"

#include <xen/string.h>

#include "log.h"

int lp_patch_prepare(const struct lp_payload *payload, struct lp_patch *patch)
{
    struct livepatch_window *window = NULL;
    int rc = 0;

    if (payload->nfuncs) {
        rc = arch_livepatch_window_open(payload->changes, payload->nfuncs,
                                        &window);
    }
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

void __nopatch lp_patch_write(const struct lp_patch *patch)
{
    if (!patch->window) {
        return;
    }
    arch_livepatch_window_begin(patch->window);
    for (unsigned int i = 0; i < patch->nr; i++) {
        arch_livepatch_window_write(patch->window, i, patch->changes[i].after);
    }
    arch_livepatch_window_end(patch->window);
}

void __nopatch lp_patch_restore(const struct lp_patch *patch)
{
    if (!patch->window) {
        return;
    }
    arch_livepatch_window_begin(patch->window);
    for (unsigned int i = patch->nr; i-- > 0;) {
        arch_livepatch_window_write(patch->window, i, patch->changes[i].before);
    }
    arch_livepatch_window_end(patch->window);
}

void lp_patch_finish(struct lp_patch *patch)
{
    arch_livepatch_window_close(patch->window);
    *patch = (struct lp_patch){.nr = 0};
}

/* The first change, in order of addresses, that ends behind `where`. */
static unsigned int find_change(const struct lp_payload *payload,
                                const uint8_t *where)
{
    unsigned int low = 0, high = payload->nfuncs;

    while (low < high) {
        const unsigned int middle = low + (high - low) / 2;
        const struct livepatch_change *change =
            &payload->changes[payload->order[middle]];

        if (change->where + change->nr_bytes <= where) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Puts what the payload's changes have in `before` or in `after` over the
 * bytes; false when it has none there. */
static bool overlay(const struct lp_payload *payload, const uint8_t *where,
                    unsigned int nr, bool is_after, uint8_t *bytes)
{
    unsigned int i = find_change(payload, where);
    bool is_changed = false;

    for (; i < payload->nfuncs; i++) {
        const struct livepatch_change *change =
            &payload->changes[payload->order[i]];
        const uint8_t *from = max((const uint8_t *)change->where, where);
        const uint8_t *to =
            min((const uint8_t *)change->where + change->nr_bytes, where + nr);
        const uint8_t *ours = is_after ? change->after : change->before;

        if (change->where >= where + nr) {
            break;
        }
        memcpy(bytes + (from - where), ours + (from - change->where),
               to - from);
        is_changed = is_changed || to > from;
    }
    return is_changed;
}

void lp_patch_peel(const struct lp_payload *payload, const uint8_t *where,
                   unsigned int nr, uint8_t *bytes)
{
    (void)overlay(payload, where, nr, false, bytes);
}

bool lp_patch_lay(const struct lp_payload *payload, const uint8_t *where,
                  unsigned int nr, uint8_t *bytes)
{
    return overlay(payload, where, nr, true, bytes);
}
