/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The sections by which code says something about itself: what its traps mean
 * (bug frames), where it goes on after a fault (exception table). All of it is
 * checked once, when the image is sealed; later users follow it without a
 * check.
 */
#ifndef LP_SPECIAL_H
#define LP_SPECIAL_H

#include "image.h"

/* The longest file name or claim of a bug frame, with its NUL. */
#define LP_SPECIAL_STRING_MAX 4096

/*
 * Checks the bug frames of one kind and notes them in the payload's
 * region.
 *   -EINVAL  frames not aligned; the instruction is not in the payload's text;
 *            the file's name or the claim is no string of LP_SPECIAL_STRING_MAX
 *            bytes in the payload's or the hypervisor's read-only data; the
 *            function is not in the payload's or the hypervisor's text
 */
int lp_special_bugs(struct lp_payload *payload, enum bug_kind kind,
                    const struct lp_part *section) __must_check;

/*
 * Sorts the exception table in the image, which is still to be sealed, and says
 * of it what lp_special_ex_table() would, by the numbers that its entries have
 * in the file. -ENOMEM.
 */
int lp_special_sort_ex_table(const struct lp_payload *payload,
                             const struct lp_span *section) __must_check;

/*
 * Checks the sorted exception table, which nobody writes any more, and notes it
 * in the payload's region.
 *   -EINVAL  not aligned; the instruction, or where to go on, is not in the
 *            payload's text
 */
int lp_special_ex_table(struct lp_payload *payload,
                        const struct lp_part *section) __must_check;

#endif
