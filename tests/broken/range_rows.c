// SPDX-License-Identifier: GPL-2.0
/*
 * Values that do not fit the fields of their relocations, and those next to
 * them that do. Record i of the good payload is at place 8 * i; `one` is 1, and
 * `places` is where place 0 is.
 */
#include "rows.h"

#define PLACES ".rela.rodata.places"

/* Addends that are the least and the most, and those past them. */
#define RANGE_ROWS(type, i, least, most)                                       \
    {type "_least",                                                            \
     0,                                                                        \
     "loaded: 3",                                                              \
     {RECORD(PLACES, i, r_addend, NUMBER(least))}},                            \
        {type "_below_the_least",                                              \
         -EOVERFLOW,                                                           \
         type ":",                                                             \
         {RECORD(PLACES, i, r_addend, NUMBER((uint64_t)(least)-1))}},          \
        {type "_most",                                                         \
         0,                                                                    \
         "loaded: 3",                                                          \
         {RECORD(PLACES, i, r_addend, NUMBER(most))}},                         \
        {type "_above_the_most",                                               \
         -EOVERFLOW,                                                           \
         type ":",                                                             \
         {RECORD(PLACES, i, r_addend, NUMBER((uint64_t)(most) + 1))}},         \
        {type "_addend_lowest",                                                \
         -EOVERFLOW,                                                           \
         type ":",                                                             \
         {RECORD(PLACES, i, r_addend, NUMBER(1ULL << 63))}},                   \
    {                                                                          \
        type "_addend_highest", -EOVERFLOW, type ":",                          \
        {                                                                      \
            RECORD(PLACES, i, r_addend, NUMBER((1ULL << 63) - 1))              \
        }                                                                      \
    }

/* Of a symbol whose distance nobody knows beforehand. */
#define FAR_ROWS(type, i)                                                      \
    {type "_4_gib_up",                                                         \
     -EOVERFLOW,                                                               \
     type ":",                                                                 \
     {RECORD(PLACES, i, r_addend, NUMBER(1ULL << 32))}},                       \
    {                                                                          \
        type "_4_gib_down", -EOVERFLOW, type ":",                              \
        {                                                                      \
            RECORD(PLACES, i, r_addend, NUMBER(-(1LL << 32)))                  \
        }                                                                      \
    }

static const struct row rows[] = {
    RANGE_ROWS("R_X86_64_32", 2, -1, 0xfffffffe),
    RANGE_ROWS("R_X86_64_32S", 3, -0x80000001LL, 0x7ffffffe),
    RANGE_ROWS("R_X86_64_16", 4, -0x8001, 0xfffe),
    RANGE_ROWS("R_X86_64_8", 5, -0x81, 0xfe),
    RANGE_ROWS("R_X86_64_PC32", 6, 48 - 0x80000000LL, 0x8000002f),
    RANGE_ROWS("R_X86_64_PC16", 7, 56 - 0x8000, 0x8037),
    RANGE_ROWS("R_X86_64_PC8", 8, 64 - 0x80, 0xbf),
    FAR_ROWS("R_X86_64_PLT32", 9),
    FAR_ROWS("R_X86_64_GOTPCREL", 10),
    FAR_ROWS("R_X86_64_GOTPCRELX", 11),
    FAR_ROWS("R_X86_64_REX_GOTPCRELX", 12),
    LOADS("R_X86_64_64_addend_max", RECORD(PLACES, 0, r_addend, NUMBER(MAX64))),
    LOADS("R_X86_64_PC64_addend_max",
          RECORD(PLACES, 1, r_addend, NUMBER(MAX64))),
};

TABLE(broken_range_rows, rows);
