/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Code of a payload that is exchanged for other code when it is loaded: for
 * what this machine's CPUs call for (alternatives), and for a call of what a
 * pointer holds (alternative calls). The last that writes to a payload's text:
 * the image is filled and relocated, and not yet sealed.
 */
#ifndef LP_ALTERNATIVES_H
#define LP_ALTERNATIVES_H

#include "resolve.h"

/*
 * Checks each relocated alternative, and puts its code in its place when the
 * CPUs call for it; one that means an alternative call is treated as such.
 * `code` is .altinstr_replacement; start NULL: there is none. After a failure
 * the image is good for nothing.
 *   -EINVAL  the place is not in the payload's text; the code is not in `code`
 * and the errnos of livepatch_plan_alternative() and of
 * lp_alternatives_bind_calls().
 */
int lp_alternatives_apply(const struct lp_payload *payload,
                          const struct lp_scope *scope,
                          const struct lp_span *section,
                          const struct lp_span *code) __must_check;

/*
 * Makes each call of the relocated .alt_call_sites one of what its pointer
 * holds now, or traps when that is NULL. Whose text is called stays.
 *   -EINVAL     the call is not in the payload's text, or is none through a
 *               pointer; the pointer is not in the data of the payload, of the
 *               hypervisor or of a loaded payload; it does not lead to text
 *   -EOVERFLOW  what it leads to is out of reach
 */
int lp_alternatives_bind_calls(const struct lp_payload *payload,
                               const struct lp_scope *scope,
                               const struct lp_span *section) __must_check;

#endif
