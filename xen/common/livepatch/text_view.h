/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Text as it stands, and as it will stand when the first steps of an action
 * have been made.
 */
#ifndef LP_TEXT_VIEW_H
#define LP_TEXT_VIEW_H

#include "registry.h"
#include "step.h"

/* The payload that lies on top of the stack when the action's first nr steps
 * have been made; NULL: the hypervisor is bare. */
const struct lp_payload *lp_text_view_top(struct registry_locked locked,
                                          const struct lp_action *action,
                                          unsigned int nr_steps);

/* Copies nr bytes of text at `where`, as it is after nr_steps steps, into
 * bytes. */
void lp_text_view_read(const struct lp_action *action, unsigned int nr_steps,
                       const uint8_t *where, unsigned int nr, uint8_t *bytes);

/*
 * Notes what a revert of the payload that step number i applies will restore.
 * Nothing is to be done when that is the hypervisor's own text, and was when it
 * was noted.
 */
void lp_text_view_save_old(struct registry_locked locked,
                           const struct lp_action *action, unsigned int i);

#endif
