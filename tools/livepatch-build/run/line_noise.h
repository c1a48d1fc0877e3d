/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Functions in which a patch has changed nothing but the numbers of lines that
 * they hand on: lines above them have come or gone. And, for arm64, functions
 * that reach their constants at another distance, as those of others have come
 * or gone.
 */
#ifndef BUILDER_LINE_NOISE_H
#define BUILDER_LINE_NOISE_H

#include "run/compare.h"
#include "run/recompile.h"

/*
 * Ask for the objects in which functions differ that this may tell more of,
 * compiled with one number for every line, or an address for every constant.
 * `comparison` is of the pairs of what `recompile` is of, in their order.
 */
void line_noise_ask(const struct comparison *comparison,
                    struct recompile *recompile);

/*
 * What is the same there differed in that alone, and becomes a DIFFERENCE_LINE.
 * A finding says which objects do not compile so; their functions stay as they
 * are. Gives 0, or a negative errno after a message on `err`.
 */
int line_noise_find(const struct recompile *recompile,
                    struct comparison *comparison, struct findings *findings,
                    FILE *err);

#endif
