// SPDX-License-Identifier: GPL-2.0
/*
 * The bytes of a payload's changes, into the text and back.
 */
#include "patch.h"

#include <xen/string.h>

#include "log.h"

int lp_patch_open(struct lp_payload *payload)
{
    int rc = 0;

    if (payload->nfuncs) {
        rc = arch_livepatch_window_open(payload->changes, payload->order,
                                        payload->nfuncs, &payload->window);
    }
    if (rc) {
        lp_err(payload->name, "no writable view of %u functions: error %d",
               payload->nfuncs, rc);
    }
    return rc;
}

void __nopatch lp_patch_write(const struct lp_payload *payload)
{
    if (payload->window) {
        arch_livepatch_window_write(payload->window);
    }
}

void __nopatch lp_patch_restore(const struct lp_payload *payload)
{
    if (payload->window) {
        arch_livepatch_window_restore(payload->window);
    }
}

static bool __nopatch is_same(const uint8_t *a, const uint8_t *b,
                              unsigned int nr)
{
    unsigned int i = 0;

    while (i < nr && a[i] == b[i]) {
        i++;
    }
    return i == nr;
}

bool __nopatch lp_patch_stands(const struct lp_payload *payload, bool is_after)
{
    for (unsigned int i = 0; i < payload->nfuncs; i++) {
        const struct livepatch_change *change = &payload->changes[i];

        if (!is_same(change->where, is_after ? change->after : change->before,
                     change->nr_bytes)) {
            return false;
        }
    }
    return true;
}

void lp_patch_close(struct lp_payload *payload)
{
    arch_livepatch_window_close(payload->window);
    payload->window = NULL;
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
