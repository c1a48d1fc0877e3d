// SPDX-License-Identifier: GPL-2.0
/*
 * Sections of the format that this loader does not honour: with content they
 * are refused, whatever else is wrong with them; empty they are nothing.
 */
#include "rows.h"

#define IS_NOT_SUPPORTED ": this section is not supported"

/* An empty section of that name, which a row fills. */
#define ADD(function, name)                                                    \
    static void function(struct payload_builder *builder)                      \
    {                                                                          \
        builder_section(builder, name, SHT_PROGBITS, SHF_ALLOC, 4, NULL, 64);  \
    }

ADD(add_bug_frames_0, ".bug_frames.0")
ADD(add_bug_frames_1, ".bug_frames.1")
ADD(add_bug_frames_2, ".bug_frames.2")
ADD(add_bug_frames_3, ".bug_frames.3")
ADD(add_alternatives, ".altinstructions")
ADD(add_replacements, ".altinstr_replacement")
ADD(add_alternative_calls, ".alt_call_sites")
ADD(add_exceptions, ".ex_table")

#define UNSUPPORTED_ROWS(tag, section, add)                                    \
    ROW(tag, -EOPNOTSUPP, section ": 64 bytes" IS_NOT_SUPPORTED, ADDED(add)),  \
        ROW(tag "_not_loaded", -EOPNOTSUPP,                                    \
            section ": 64 bytes" IS_NOT_SUPPORTED, ADDED(add),                 \
            SECTION(section, sh_flags, NUMBER(0))),                            \
        ROW(tag "_without_content", -EOPNOTSUPP,                               \
            section ": 64 bytes" IS_NOT_SUPPORTED, ADDED(add),                 \
            SECTION(section, sh_type, NUMBER(SHT_NOBITS))),                    \
        ROW(tag "_of_1_byte", -EOPNOTSUPP,                                     \
            section ": 1 bytes" IS_NOT_SUPPORTED, ADDED(add),                  \
            SECTION(section, sh_size, NUMBER(1))),                             \
        ROW(tag "_of_max_bytes", -EINVAL, "in a file of", ADDED(add),          \
            SECTION(section, sh_size, NUMBER(MAX64))),                         \
        LOADS(tag "_of_0_bytes", ADDED(add),                                   \
              SECTION(section, sh_size, NUMBER(0)))

static const struct row rows[] = {
    UNSUPPORTED_ROWS("bug_frames_0", ".bug_frames.0", add_bug_frames_0),
    UNSUPPORTED_ROWS("bug_frames_1", ".bug_frames.1", add_bug_frames_1),
    UNSUPPORTED_ROWS("bug_frames_2", ".bug_frames.2", add_bug_frames_2),
    UNSUPPORTED_ROWS("bug_frames_3", ".bug_frames.3", add_bug_frames_3),
    UNSUPPORTED_ROWS("alternatives", ".altinstructions", add_alternatives),
    UNSUPPORTED_ROWS("replacements", ".altinstr_replacement", add_replacements),
    UNSUPPORTED_ROWS("alternative_calls", ".alt_call_sites",
                     add_alternative_calls),
    UNSUPPORTED_ROWS("exceptions", ".ex_table", add_exceptions),
};

TABLE(broken_unsupported_rows, rows);
