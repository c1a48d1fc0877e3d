/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What mutations a piece of C has.
 */
#ifndef MUTANTS_RULES_H
#define MUTANTS_RULES_H

#include "source.h"

/*
 * All mutations of the source, parsed with these flags of a compiler. Exits
 * with a message when it does not parse.
 */
void rules_find(struct mutations *all, const struct source *source,
                const char *const *flags, int nr_flags);

#endif
