/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the admin wrote into a folder and has no effect: lines of the order file
 * that fit nothing, holds and pins of what is not there. It keeps nothing from
 * being loaded, so it is told in words and passed over.
 */
#ifndef XEN_LIVEPATCH_FLAWS_H
#define XEN_LIVEPATCH_FLAWS_H

#include <stddef.h>

/* Sentences without the last full stop, any bytes. All zero: none. */
struct flaws {
    char **texts;
    size_t nr;
};

/* 0, or -ENOMEM with *flaws as it was. */
__attribute__((format(printf, 2, 3))) int flaws_add(struct flaws *flaws,
                                                    const char *format, ...);
void flaws_free(struct flaws *flaws);

struct sync_view;

/* All of a folder beside what is loaded. 0 with *flaws, or -ENOMEM;
 * flaws_free() it either way. */
int flaws_find(const struct sync_view *view, struct flaws *flaws);

#endif
