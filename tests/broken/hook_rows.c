// SPDX-License-Identifier: GPL-2.0
/*
 * Hooks of all kinds: pointers that lead nowhere, sizes, alignment. Two kinds
 * are lists, of which no element may be NULL; of the others there is one, and
 * NULL means none.
 */
#include "rows.h"

#define HOOKS(tag) ".livepatch.hooks." tag
#define RECORDS(tag) ".rela.livepatch.hooks." tag
#define NOT_OURS "is not in the payload's text"

/* The pointer is what stands there. */
#define INSTEAD(tag, ...)                                                      \
    RECORD_TYPE(RECORDS(tag), 0, NUMBER(R_X86_64_NONE)),                       \
        CONTENT(HOOKS(tag), 0, 8, __VA_ARGS__)

#define POINTER_ROWS(tag)                                                      \
    ROW(tag "_hook_1", -EINVAL, tag " hook at", INSTEAD(tag, NUMBER(1))),      \
        ROW(tag "_hook_not_canonical", -EINVAL, tag " hook at",                \
            INSTEAD(tag, NUMBER(1ULL << 63))),                                 \
        ROW(tag "_hook_at_max", -EINVAL, tag " hook at",                       \
            INSTEAD(tag, NUMBER(MAX64))),                                      \
        ROW(tag "_hook_in_the_hypervisor", -EINVAL, tag " hook at",            \
            RECORD_SYMBOL(RECORDS(tag), 0, INDEX_OF("printk"))),               \
        ROW(tag "_hook_in_its_strings", -EINVAL, tag " hook at",               \
            RECORD_SYMBOL(RECORDS(tag), 0, NUMBER(2))),                        \
        ROW(tag "_hook_at_the_end_of_text", -EINVAL, tag " hook at",           \
            RECORD(RECORDS(tag), 0, r_addend, END_OF_TEXT)),                   \
        ROW(tag "_hooks_of_4_bytes", -EINVAL,                                  \
            HOOKS(tag) ": 4 bytes, expected",                                  \
            SECTION(HOOKS(tag), sh_size, NUMBER(4))),                          \
        ROW(tag "_hooks_of_9_bytes", -EINVAL,                                  \
            HOOKS(tag) ": 9 bytes, expected",                                  \
            SECTION(HOOKS(tag), sh_size, NUMBER(9)))

#define LIST_ROWS(tag)                                                         \
    POINTER_ROWS(tag),                                                         \
        ROW(tag "_hook_null", -EINVAL, tag " hook at",                         \
            INSTEAD(tag, NUMBER(0))),                                          \
        ROW(tag "_hooks_then_rubbish", -EINVAL, tag " hook at",                \
            SECTION(HOOKS(tag), sh_size, NUMBER(80)))

#define SINGLE_ROWS(tag)                                                       \
    POINTER_ROWS(tag), LOADS(tag "_hook_null", INSTEAD(tag, NUMBER(0))),       \
        ROW(tag "_hooks_twice", -EINVAL, "2 " tag " hooks, expected one",      \
            SECTION(HOOKS(tag), sh_size, NUMBER(16)))

static const struct row rows[] = {
    LIST_ROWS("load"),
    LIST_ROWS("unload"),
    SINGLE_ROWS("preapply"),
    SINGLE_ROWS("apply"),
    SINGLE_ROWS("postapply"),
    SINGLE_ROWS("prerevert"),
    SINGLE_ROWS("revert"),
    SINGLE_ROWS("postrevert"),
    ROW("hooks_not_aligned", -EINVAL, "load hooks at",
        SECTION(HOOKS("load"), sh_addralign, NUMBER(1)),
        SECTION(".modinfo", sh_size, OLD_PLUS(1))),
};

TABLE(broken_hook_rows, rows);
