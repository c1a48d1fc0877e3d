/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The words in which rows of the set are written: a row is a name, the errno,
 * a part of the message, and the changes that break the good payload. A change
 * writes one number to one place; both may be told by the names of sections
 * and symbols, so that rows do not depend on where things stand.
 */
#ifndef BROKEN_ROWS_H
#define BROKEN_ROWS_H

#include <stddef.h>

#include <xen/elfstructs.h>
#include <xen/errno.h>
#include <xen/lib.h>
#include <xen/types.h>
#include <public/sysctl.h>

#include "host/payload_builder.h"

/* Where a number comes from; `plus` is added, modulo 2^64. */
struct number {
    enum {
        FROM_NOTHING,
        FROM_OLD,         /* what stands at the place */
        FROM_FILE,        /* bytes of the file */
        FROM_NR_SECTIONS, /* of the file */
        FROM_SIZE,        /* sh_size of section `name` */
        FROM_INDEX,       /* its number */
        FROM_NAME,        /* its sh_name */
        FROM_STRING,      /* st_name of symbol `name` */
        FROM_SYMBOL,      /* its number */
        FROM_ALWAYS,      /* the feature that each CPU has */
    } from;
    const char *name;
    uint64_t plus;
};

#define NUMBER(n)                                                              \
    {                                                                          \
        .plus = (uint64_t)(n)                                                  \
    }
#define OLD_PLUS(n)                                                            \
    {                                                                          \
        .from = FROM_OLD, .plus = (uint64_t)(n)                                \
    }
#define FILE_PLUS(n)                                                           \
    {                                                                          \
        .from = FROM_FILE, .plus = (uint64_t)(n)                               \
    }
#define NR_SECTIONS                                                            \
    {                                                                          \
        .from = FROM_NR_SECTIONS                                               \
    }
#define SIZE_PLUS(which, n)                                                    \
    {                                                                          \
        FROM_SIZE, which, (uint64_t)(n)                                        \
    }
/* From .text's start: behind it the text of the good payload has five bytes of
 * .altinstr_replacement. */
#define END_OF_TEXT SIZE_PLUS(".text", 5)
#define INDEX(section)                                                         \
    {                                                                          \
        .from = FROM_INDEX, .name = (section)                                  \
    }
#define NAME(section)                                                          \
    {                                                                          \
        .from = FROM_NAME, .name = (section)                                   \
    }
#define STRING_OF(symbol)                                                      \
    {                                                                          \
        .from = FROM_STRING, .name = (symbol)                                  \
    }
#define INDEX_OF(symbol)                                                       \
    {                                                                          \
        .from = FROM_SYMBOL, .name = (symbol)                                  \
    }
#define ALWAYS_PLUS(n)                                                         \
    {                                                                          \
        .from = FROM_ALWAYS, .plus = (uint64_t)(n)                             \
    }

#define MAX64 UINT64_MAX
#define MAX32 UINT32_MAX

struct change {
    enum {
        IN_NOTHING, /* no more changes */
        IN_BUILDER, /* `add` adds to the good payload, before it is laid out */
        IN_HEADER,  /* the ELF header */
        IN_SECTION, /* the header of section `name` */
        IN_CONTENT, /* its content */
        IN_SYMBOL,  /* symbol `name` */
        IN_FILE,    /* the number is the length of the file; zeros fill it up */
    } part;
    void (*add)(struct payload_builder *builder);
    const char *name;
    uint64_t at;
    unsigned int bytes; /* at most 8 */
    struct number number;
};

/* The last argument of each is a number. */
#define FIELD(type, field)                                                     \
    .at = offsetof(type, field), .bytes = sizeof(((type *)0)->field)
#define UNCHANGED                                                              \
    {                                                                          \
        .part = IN_NOTHING                                                     \
    }
#define ADDED(function)                                                        \
    {                                                                          \
        .part = IN_BUILDER, .add = (function)                                  \
    }
#define HEADER(field, ...)                                                     \
    {                                                                          \
        .part = IN_HEADER, FIELD(Elf_Ehdr, field), .number = __VA_ARGS__       \
    }
#define SECTION(which, field, ...)                                             \
    {                                                                          \
        .part = IN_SECTION, .name = (which), FIELD(Elf_Shdr, field),           \
        .number = __VA_ARGS__                                                  \
    }
#define SYMBOL(which, field, ...)                                              \
    {                                                                          \
        .part = IN_SYMBOL, .name = (which), FIELD(Elf_Sym, field),             \
        .number = __VA_ARGS__                                                  \
    }
#define CONTENT(which, offset, width, ...)                                     \
    {                                                                          \
        .part = IN_CONTENT, .name = (which), .at = (offset), .bytes = (width), \
        .number = __VA_ARGS__                                                  \
    }
#define LENGTH(...)                                                            \
    {                                                                          \
        .part = IN_FILE, .number = __VA_ARGS__                                 \
    }

/* The i-th relocation record of a section of records. */
#define RECORD(section, i, field, ...)                                         \
    CONTENT(section, (i) * sizeof(Elf_RelA) + offsetof(Elf_RelA, field),       \
            sizeof(((Elf_RelA *)0)->field), __VA_ARGS__)
#define RECORD_TYPE(section, i, ...)                                           \
    CONTENT(section, (i) * sizeof(Elf_RelA) + 8, 4, __VA_ARGS__)
#define RECORD_SYMBOL(section, i, ...)                                         \
    CONTENT(section, (i) * sizeof(Elf_RelA) + 12, 4, __VA_ARGS__)

/* The i-th entry of .livepatch.funcs. */
#define ENTRY(i, field, ...)                                                   \
    CONTENT(".livepatch.funcs",                                                \
            (i) * sizeof(struct livepatch_func) +                              \
                offsetof(struct livepatch_func, field),                        \
            sizeof(((struct livepatch_func *)0)->field), __VA_ARGS__)

#define MAX_CHANGES 4

struct row {
    const char *name;
    int error;
    const char *says; /* a part of the line in the log */
    struct change change[MAX_CHANGES];
};

/* What follows `says` are changes. */
#define ROW(name, error, says, ...)                                            \
    {                                                                          \
        name, error, says,                                                     \
        {                                                                      \
            __VA_ARGS__                                                        \
        }                                                                      \
    }
/* A row that loads all the same. */
#define LOADS(name, ...) ROW(name, 0, "loaded: 3", __VA_ARGS__)

struct table {
    const struct row *row;
    unsigned int nr;
};

extern const struct table broken_file_rows;        /* the ELF header */
extern const struct table broken_section_rows;     /* any section's header */
extern const struct table broken_special_rows;     /* sections with a meaning */
extern const struct table broken_symbol_rows;      /* symbols, their names */
extern const struct table broken_relocation_rows;  /* sections of records */
extern const struct table broken_range_rows;       /* values that do not fit */
extern const struct table broken_note_rows;        /* build-ids */
extern const struct table broken_entry_rows;       /* functions to patch */
extern const struct table broken_hook_rows;        /* hooks */
extern const struct table broken_code_rows;        /* bug frames and the like */
extern const struct table broken_call_rows;        /* alternative calls */
extern const struct table broken_unsupported_rows; /* not honoured */

#define TABLE(name, rows)                                                      \
    const struct table name = {rows, sizeof(rows) / sizeof((rows)[0])}

/* The number of the feature that marks the old form of alternative calls, on
 * the hypervisor that the set is for (good.c). */
uint16_t broken_feature_always(void);

/* The good payload (good.c). */
struct payload_builder *broken_start_good(void);

/* A copy of a good file with MAX_CHANGES changes carried out (change.c). */
struct payload_file broken_change(const struct payload_file *good,
                                  const struct change *change);

#endif
