/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a patch has changed in an object: for each piece of it that has a name,
 * whether it is new, gone, the same, or in what it differs. Takes two objects
 * that are matched; decides nothing about what is to be done.
 *
 * A function is compared with all that belongs to it: its cold part, its
 * entries in the tables that tell of text, the strings, constants and switch
 * tables that it uses, by what they hold. Line numbers in bug frames are no
 * difference.
 */
#ifndef BUILDER_DIFF_H
#define BUILDER_DIFF_H

#include "model/piece.h"

enum difference_kind {
    DIFFERENCE_NONE,
    DIFFERENCE_NEW,   /* only after */
    DIFFERENCE_GONE,  /* only before */
    DIFFERENCE_SIZE,  /* bytes[0] and bytes[1] */
    DIFFERENCE_CODE,  /* bytes differ, first at `offset` */
    DIFFERENCE_USE,   /* at `offset` it leads to something else: `detail` */
    DIFFERENCE_TABLE, /* entries of the section `detail` */
    DIFFERENCE_PART,  /* its part `detail` differs, is new or gone */
    /* Line numbers only, or what `detail` says: no difference that counts. */
    DIFFERENCE_LINE,
    DIFFERENCE_SECTION, /* it lies in a section of another kind: `detail` */
};

struct difference {
    enum difference_kind kind;
    struct piece *before, *after; /* NULL: there is none */
    uint64_t offset;
    const char *detail;
};

struct differences {
    struct difference *all;
    size_t nr, room;
};

/* Of functions, variables, and entries without an owner; one of the objects may
 * be NULL. The caller frees. */
void diff_objects(struct object *before, struct object *after,
                  struct differences *differences);
void differences_free(struct differences *differences);

/* Whether two pieces hold the same, and what they lead to as well. */
bool diff_is_same(struct piece *before, struct piece *after);

#endif
