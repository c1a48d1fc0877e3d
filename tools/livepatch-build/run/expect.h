/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the functions that a payload replaces have to begin with for it to be
 * applied: a second check beside build-ids, of the hypervisor's memory, which
 * finds that something else has changed them.
 */
#ifndef BUILDER_EXPECT_H
#define BUILDER_EXPECT_H

#include "base/findings.h"
#include "choose/plan.h"
#include "image/image.h"

/*
 * Sets what is expected of each replacement: the bytes of the image that a
 * trampoline will take the place of. Of a function whose beginning the
 * hypervisor may change when it boots nothing is expected, and a finding says
 * so. 0, or a negative errno after a message on `err`.
 */
int expect_beginnings(struct plan *plan, const struct image *image,
                      struct findings *findings, FILE *err);

#endif
