/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An object cut into pieces, the things that are compared and taken or left: a
 * function, a variable, a string, a constant, one entry of a table, and what
 * else lies together and has no name. Each loaded byte of a section belongs to
 * at most one piece; what belongs to none is padding. A reference is what a
 * relocation means: which place of which piece, whatever symbol the compiler
 * has spelled it with.
 *
 * Example: two functions in `.text.f` and `.text.unlikely.f`, a string and an
 * entry of .bug_frames.2 make four pieces; the entry's first reference leads to
 * the function that owns it.
 */
#ifndef BUILDER_PIECE_H
#define BUILDER_PIECE_H

#include "model/object.h"

enum piece_kind {
    PIECE_FUNCTION,
    PIECE_VARIABLE, /* of any section, also constant */
    PIECE_STRING,   /* of a section of strings, with its zero */
    PIECE_CONSTANT, /* of a section of mergeable constants */
    PIECE_UNNAMED,  /* all of a section: switch tables, initial values, ... */
    PIECE_ENTRY,    /* of a table that tells of text: see special.h */
    PIECE_SNIPPET,  /* text that entries, or one function, lead to */
};

struct reference {
    uint32_t offset; /* in the piece */
    uint32_t type;   /* of relocation */
    /* Added to `distance` when it is written: what a distance is counted from,
     * and in a bug frame the bits of the line. */
    int64_t bias;
    /* The place: in a piece of this object, or from a symbol without one. */
    struct piece *target; /* NULL: `symbol` */
    const struct symbol *symbol;
    int64_t distance; /* from the target's start */
};

struct piece {
    struct object *object;
    struct section *section;
    uint64_t start, size; /* in the section */
    enum piece_kind kind;
    const struct symbol *symbol;  /* NULL: has no name */
    struct reference *references; /* by offset */
    size_t nr_references;
    struct piece **users; /* that refer to it, each once, as they lie */
    size_t nr_users;

    struct piece *owner; /* of an entry, a snippet, a cold part; else NULL */
    struct piece *owned; /* the first of them, in the order of the object */
    struct piece *next_owned;

    struct piece *twin; /* in the other object; match/ sets it */
    /* Of a variable without a twin: one that is gone and that it may be. */
    const struct piece *perhaps;
    void *note; /* of the stage that is at work */
    /* Of a piece before, in the object's arena: with what diff/ has compared
     * it, and how that ended. NULL: with nothing. */
    struct verdict *verdict;
    /* Of choose/, a function: it has been decided about; it is lifted into its
     * callers, which have a new one. */
    bool is_judged, is_lifted;
};

/* Cut all loaded sections, and resolve what their relocations lead to. Gives 0,
 * or -EINVAL or -EOPNOTSUPP after a message. */
int pieces_cut(struct object *object, FILE *err);

/* The piece of a section in which a place lies, or that ends there; NULL. */
struct piece *piece_at(const struct section *section, uint64_t offset);

/* Its `size` bytes; NULL: all zero. */
const unsigned char *piece_bytes(const struct piece *piece);

/* The symbol's name, or a description such as "string" for what has none. */
const char *piece_name(const struct piece *piece);

/* Whether memory at run time may differ from what the object holds. */
bool piece_is_writable(const struct piece *piece);

/* All pieces of an object, section by section. */
#define for_each_piece(item, object)                                           \
    for (size_t s_ = 0; s_ < (object)->nr_sections; s_++)                      \
        for (struct piece *item = (object)->sections[s_].pieces;               \
             item && item < (object)->sections[s_].pieces +                    \
                                (object)->sections[s_].nr_pieces;              \
             item++)

#endif
