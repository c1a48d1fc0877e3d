/* SPDX-License-Identifier: GPL-2.0 */
/*
 * "Did you mean": of words that are offered one after the other, the one that
 * is nearest to what was typed. Near is few slips of the fingers: a letter too
 * many, too few, another one, two that changed places; or a word that begins
 * with what was typed.
 */
#ifndef XEN_LIVEPATCH_NEAREST_H
#define XEN_LIVEPATCH_NEAREST_H

#include <stddef.h>

struct nearest {
    const char *typed; /* at most NEAREST_BYTES_MAX bytes are looked at */
    const char *word;  /* the nearest so far; NULL: none is near */
    size_t nr_slips;   /* that it takes; starts as 0, as does `word` */
};

#define NEAREST_BYTES_MAX 128U

/* `word` must live as long as the answer is used. The first one of several
 * that are equally near stays. */
void nearest_offer(struct nearest *nearest, const char *word);

#endif
