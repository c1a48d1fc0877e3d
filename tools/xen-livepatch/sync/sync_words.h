/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The steps of a plan in words, for people and for programs.
 */
#ifndef XEN_LIVEPATCH_SYNC_WORDS_H
#define XEN_LIVEPATCH_SYNC_WORDS_H

#include <stdio.h>

#include "sync/sync_plan.h"

/*
 * One line, such as "fix1: not loaded: ..." or, for a change, "fix1: to be
 * unloaded: ...".
 */
void sync_step_print(const struct sync_view *view, const struct sync_step *step,
                     FILE *out);

/* The line without the name and the newline. */
void sync_step_print_why(const struct sync_view *view,
                         const struct sync_step *step, FILE *out);

/* What is done, or how things are: "loaded", "applied already" ... */
const char *sync_step_word(const struct sync_step *step);

/* Why: "reissued", "pruned" ...; NULL: the word says it. */
const char *sync_reason_word(const struct sync_step *step);

#endif
