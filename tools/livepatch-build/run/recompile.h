/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the steps behind the comparison want to have compiled once more: each
 * asks for objects and for words of the compiler, then all of it is done at
 * once, because the trees have to change places for it.
 */
#ifndef BUILDER_RECOMPILE_H
#define BUILDER_RECOMPILE_H

#include "build/again.h"
#include "run/compare.h"

struct recompile {
    const struct build_request *request;
    const struct build_result *result; /* that came of it */
    struct text_list words;            /* those asked for */
    bool *is_wanted;                   /* a pair of the result */
    /* In the order of the result's pairs, each with its name. Both files, or
     * neither: it was not asked for, or does not compile so. */
    struct compared_files *files;
    struct again again;
};

void recompile_open(const struct build_request *request,
                    const struct build_result *result,
                    struct recompile *recompile);
/* Add a word of the compiler's, once. */
void recompile_ask_word(struct recompile *recompile, const char *word);

/*
 * Compiles what is wanted, and sets .files; they are there until
 * recompile_close(). Nothing wanted is no work. 0; -EINTR after a signal to
 * stop; or another negative errno after a message on `err`.
 */
int recompile_run(struct recompile *recompile, FILE *err);
void recompile_close(struct recompile *recompile);

#endif
