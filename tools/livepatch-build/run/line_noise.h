/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Functions in which a patch has changed nothing but the numbers of lines that
 * they hand on: lines above them have come or gone. And, for arm64, functions
 * that reach their constants at another distance, as those of others have come
 * or gone.
 */
#ifndef BUILDER_LINE_NOISE_H
#define BUILDER_LINE_NOISE_H

#include "build/build.h"
#include "run/compare.h"

/*
 * Objects in which functions differ are compiled once more on both sides, with
 * one number for every line, or an address for every constant. What is the same
 * then differed in that alone, and becomes a DIFFERENCE_LINE. A finding says
 * which objects cannot be compiled so; their functions stay as they are.
 *
 * `comparison` is of the pairs of `result`, in their order, and that is what
 * came of the request. Gives 0; -EINTR after a signal to stop; another negative
 * errno after a message on `err`.
 */
int find_line_noise(const struct build_request *request,
                    const struct build_result *result,
                    struct comparison *comparison, struct findings *findings,
                    FILE *err);

#endif
