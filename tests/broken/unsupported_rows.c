// SPDX-License-Identifier: GPL-2.0
/*
 * Sections of the format that this loader does not honour: with content they
 * are refused, whatever else is wrong with them; empty they are nothing.
 */
#include "rows.h"

#define CALLS ".alt_call_sites"
#define IS_NOT_SUPPORTED ": this section is not supported"

static void add_calls(struct payload_builder *builder)
{
    builder_section(builder, CALLS, SHT_PROGBITS, SHF_ALLOC, 4, NULL, 64);
}

static const struct row rows[] = {
    ROW("calls", -EOPNOTSUPP, CALLS ": 64 bytes" IS_NOT_SUPPORTED,
        ADDED(add_calls)),
    ROW("calls_not_loaded", -EOPNOTSUPP, CALLS ": 64 bytes" IS_NOT_SUPPORTED,
        ADDED(add_calls), SECTION(CALLS, sh_flags, NUMBER(0))),
    ROW("calls_without_content", -EOPNOTSUPP,
        CALLS ": 64 bytes" IS_NOT_SUPPORTED, ADDED(add_calls),
        SECTION(CALLS, sh_type, NUMBER(SHT_NOBITS))),
    ROW("calls_of_1_byte", -EOPNOTSUPP, CALLS ": 1 bytes" IS_NOT_SUPPORTED,
        ADDED(add_calls), SECTION(CALLS, sh_size, NUMBER(1))),
    ROW("calls_of_max_bytes", -EINVAL, "in a file of", ADDED(add_calls),
        SECTION(CALLS, sh_size, NUMBER(MAX64))),
    LOADS("calls_of_0_bytes", ADDED(add_calls),
          SECTION(CALLS, sh_size, NUMBER(0))),
};

TABLE(broken_unsupported_rows, rows);
