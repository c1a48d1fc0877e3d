// SPDX-License-Identifier: GPL-2.0
/*
 * Reads the text, peels the applied payloads off it, newest first, and lays on
 * it those that are to come.
 */
#include "text_view.h"

#include <xen/string.h>

#include "patch.h"

void lp_text_view_read(struct registry_locked locked,
                       const struct lp_beneath *beneath, const uint8_t *where,
                       unsigned int nr, uint8_t *bytes)
{
    const struct lp_payload *payload =
        beneath->is_bare ? lp_registry_top(locked) : NULL;

    memcpy(bytes, where, nr);
    for (; payload; payload = lp_registry_below(locked, payload)) {
        lp_patch_peel(payload, where, nr, bytes);
    }
    for (unsigned int i = 0; i < beneath->nr_first; i++) {
        (void)lp_patch_lay(beneath->first[i], where, nr, bytes);
    }
}

/* Which text that is; payloads that are still to come have none. */
static uint64_t stamp_of(struct registry_locked locked,
                         const struct lp_beneath *beneath)
{
    if (beneath->nr_first) {
        return LP_STAMP_UNKNOWN;
    }
    return beneath->is_bare ? LP_STAMP_OF_NOTHING : lp_registry_stamp(locked);
}

void lp_text_view_save_old(struct registry_locked locked,
                           const struct lp_beneath *beneath,
                           struct lp_payload *payload)
{
    const uint64_t stamp = stamp_of(locked, beneath);

    if (payload->before_is_of == stamp && stamp != LP_STAMP_UNKNOWN) {
        return;
    }
    payload->before_is_of = stamp;
    for (unsigned int i = 0; i < payload->nfuncs; i++) {
        struct livepatch_change *change = &payload->changes[i];

        lp_text_view_read(locked, beneath, change->where, change->nr_bytes,
                          change->before);
    }
}
