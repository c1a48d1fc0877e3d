/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Text as it stands, and as it would stand before a payload is applied: on top
 * of what is applied, in the place of it, or on the payloads that the same
 * request applies first.
 */
#ifndef LP_TEXT_VIEW_H
#define LP_TEXT_VIEW_H

#include "registry.h"

/* What a payload that is about to be applied will lie on. */
struct lp_beneath {
    bool is_bare;                    /* all that is applied is reverted first */
    struct lp_payload *const *first; /* applied before it by the same request */
    unsigned int nr_first;
};

/* Copies nr bytes of text at `where` into bytes. */
void lp_text_view_read(struct registry_locked locked,
                       const struct lp_beneath *beneath, const uint8_t *where,
                       unsigned int nr, uint8_t *bytes);

/*
 * Notes what a revert of the payload, about to be applied, restores. Nothing is
 * to be done when that is what it was loaded, or applied before, upon.
 */
void lp_text_view_save_old(struct registry_locked locked,
                           const struct lp_beneath *beneath,
                           struct lp_payload *payload);

#endif
