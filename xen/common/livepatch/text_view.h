/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Text as it stands, or as it would stand if nothing were applied: what a
 * payload finds when it is applied on top, or in place of all others.
 */
#ifndef LP_TEXT_VIEW_H
#define LP_TEXT_VIEW_H

#include "registry.h"

enum lp_beneath {
    LP_ON_TOP,    /* of the stack as it is */
    LP_ON_NOTHING /* every applied payload reverted */
};

/* Copies nr bytes of text at `where` into bytes. */
void lp_text_view_read(struct registry_locked locked, enum lp_beneath beneath,
                       const uint8_t *where, unsigned int nr, uint8_t *bytes);

/* Notes what a revert of the payload, about to be applied, restores. */
void lp_text_view_save_old(struct registry_locked locked,
                           enum lp_beneath beneath, struct lp_payload *payload);

#endif
