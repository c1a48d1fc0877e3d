/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The sections by which code says something about itself: what its traps mean
 * (bug frames), where it goes on after a fault (exception table), what is to
 * stand in its place on some CPUs (alternatives). Everything in them is checked
 * while the image is still writable; later users follow it without a check.
 */
#ifndef LP_SPECIAL_H
#define LP_SPECIAL_H

#include "payload.h"

/* The longest file name or claim of a bug frame, with its NUL. */
#define LP_SPECIAL_STRING_MAX 4096

/*
 * Checks the relocated bug frames of one kind and notes them in the payload's
 * region.
 *   -EINVAL  frames not aligned; the instruction is not in the payload's text;
 *            the file's name or the claim is no string of LP_SPECIAL_STRING_MAX
 *            bytes in the payload's or the hypervisor's read-only data; the
 *            function is not in the payload's or the hypervisor's text
 */
int lp_special_bugs(struct lp_payload *payload, enum bug_kind kind,
                    const struct lp_span *section) __must_check;

/*
 * Checks and sorts the relocated exception table and notes it in the payload's
 * region.
 *   -EINVAL  not aligned; the instruction, or where to go on, is not in the
 *            payload's text
 */
int lp_special_ex_table(struct lp_payload *payload,
                        const struct lp_span *section) __must_check;

/*
 * Checks each relocated alternative, and puts its code in its place when the
 * CPUs call for it. `code` is .altinstr_replacement; start NULL: there is none.
 * After a failure the image is good for nothing.
 *   -EINVAL  the place is not in the payload's text; the code is not in `code`
 * and the errnos of arch_livepatch_plan_alternative().
 */
int lp_special_alternatives(const struct lp_payload *payload,
                            const struct lp_span *section,
                            const struct lp_span *code) __must_check;

#endif
