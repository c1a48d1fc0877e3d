/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a payload says of its own code: bug frames, an exception table,
 * alternatives, as the compiler would have it: in sections of their own, with
 * a relocation for each distance. All that they name is a place, which a test
 * chooses freely. How a record lies in memory is the architecture's
 * (payload_records.c).
 */
#ifndef HOST_PAYLOAD_SPECIAL_H
#define HOST_PAYLOAD_SPECIAL_H

#include <xen/bug.h>

#include "payload_builder.h"

/* Symbols of sections that payload_start() makes. */
enum payload_symbol {
    PAYLOAD_TEXT = 1,
    PAYLOAD_STRINGS = 2, /* begins with the name of the first old function */
    PAYLOAD_FUNCS = 3,
};

/* An offset from a symbol. */
struct payload_place {
    uint32_t symbol;
    int64_t offset;
};

/* A section of the builder's, with a symbol for its start. */
struct payload_place payload_add_section(struct payload_builder *builder,
                                         const char *name, uint64_t flags,
                                         const void *content, size_t bytes);

/* The section of that name, made when it is missing. */
uint32_t payload_find_section(struct payload_builder *builder,
                              const char *name);

/* The 4 bytes at `at` of the section count from `from` in it, and have `more`
 * on top. */
void payload_put_distance(struct payload_builder *builder, uint32_t section,
                          uint64_t at, uint64_t from, struct payload_place to,
                          int64_t more);

struct payload_bug {
    enum bug_kind kind;
    struct payload_place where;
    struct payload_place subject;
    struct payload_place message; /* of an assert */
    unsigned int line;
};

void payload_add_bug(struct payload_builder *builder,
                     const struct payload_bug *bug);

/* A fault at one place goes on at the other. */
void payload_add_fixup(struct payload_builder *builder,
                       struct payload_place where, struct payload_place cont);

/* Adds code to .altinstr_replacement. */
struct payload_place payload_add_code(struct payload_builder *builder,
                                      const void *code, size_t bytes);

struct payload_alternative {
    struct payload_place where;
    uint8_t original_bytes;
    uint8_t padding_bytes; /* where records tell it (x86) */
    struct payload_place code;
    uint8_t code_bytes;
    uint16_t feature; /* x86: with ALT_NEGATED */
    uint8_t unused;   /* x86 */
};

void payload_add_alternative(struct payload_builder *builder,
                             const struct payload_alternative *alt);

#endif
