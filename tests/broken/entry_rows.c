// SPDX-License-Identifier: GPL-2.0
/*
 * Entries of .livepatch.funcs. In the good payload entry 0 finds its function
 * by name, entry 1 has its address from record 5, entry 2 is one of NOPs; the
 * records are name, new_addr, name, new_addr, name, old_addr.
 */
#include "rows.h"

#define FUNCS ".livepatch.funcs"
#define RECORDS ".rela.livepatch.funcs"

#define NAME_0 0
#define NEW_0 1
#define NAME_1 2
#define NEW_1 3
#define NAME_2 4
#define OLD_1 5

/* The record does nothing, and the field is this. */
#define INSTEAD(record, i, field, ...)                                         \
    RECORD_TYPE(RECORDS, record, NUMBER(R_X86_64_NONE)),                       \
        ENTRY(i, field, __VA_ARGS__)

#define NOT_TEXT "are not text"
#define NO_NAME "function 0: its name at"
#define NOT_OURS "is not in the payload's text"

/* Pointers that lead nowhere. */
#define WILD_ROWS(tag, record, i, field, says_so)                              \
    ROW(tag "_1", -EINVAL, says_so, INSTEAD(record, i, field, NUMBER(1))),     \
        ROW(tag "_unmapped", -EINVAL, says_so,                                 \
            INSTEAD(record, i, field, NUMBER(0xdead0000))),                    \
        ROW(tag "_not_canonical", -EINVAL, says_so,                            \
            INSTEAD(record, i, field, NUMBER(1ULL << 63))),                    \
        ROW(tag "_at_max", -EINVAL, says_so,                                   \
            INSTEAD(record, i, field, NUMBER(MAX64))),                         \
        ROW(tag "_far_up", -EINVAL, says_so,                                   \
            RECORD(RECORDS, record, r_addend, OLD_PLUS(1 << 30))),             \
        ROW(tag "_far_down", -EINVAL, says_so,                                 \
            RECORD(RECORDS, record, r_addend, OLD_PLUS(-(1 << 30))))

static void put_old_address(struct payload_builder *builder, const char *name)
{
    const uint32_t symbol = builder_symbol(builder, name, SHN_UNDEF, 0, 0);

    builder_relocation(builder, builder_find(builder, FUNCS),
                       offsetof(struct livepatch_func, old_addr), R_X86_64_64,
                       symbol, 0);
}

static void patch_the_path(struct payload_builder *builder)
{
    put_old_address(builder, "lp_rendezvous_run");
}

static void patch_data(struct payload_builder *builder)
{
    put_old_address(builder, "max_page");
}

static void patch_init(struct payload_builder *builder)
{
    put_old_address(builder, "common/printk.c#parse_loglvl");
}

static void patch_nobody(struct payload_builder *builder)
{
    put_old_address(builder, "no_such_function");
}

static void patch_itself(struct payload_builder *builder)
{
    builder_relocation(builder, builder_find(builder, FUNCS),
                       offsetof(struct livepatch_func, old_addr), R_X86_64_64,
                       1, 0);
}

static void patch_its_data(struct payload_builder *builder)
{
    const uint32_t symbol = builder_symbol(
        builder, "own", (uint16_t)builder_find(builder, ".data"), 0, 0);

    builder_relocation(builder, builder_find(builder, FUNCS),
                       offsetof(struct livepatch_func, old_addr), R_X86_64_64,
                       symbol, 0);
}

/* What its code can write is no name that stays. */
static void name_its_data(struct payload_builder *builder)
{
    const uint32_t symbol = builder_symbol(
        builder, "own", (uint16_t)builder_find(builder, ".data"), 0, 0);

    builder_relocation(builder, builder_find(builder, FUNCS),
                       offsetof(struct livepatch_func, name), R_X86_64_64,
                       symbol, 0);
}

static const struct row rows[] = {
    ROW("funcs_a_byte_short", -EINVAL, FUNCS ": 311 bytes",
        SECTION(FUNCS, sh_size, OLD_PLUS(-1))),
    ROW("funcs_a_byte_long", -EINVAL, FUNCS ": 313 bytes",
        SECTION(FUNCS, sh_size, OLD_PLUS(1))),
    ROW("funcs_of_version_1_entries", -EINVAL, FUNCS ": 64 bytes",
        SECTION(FUNCS, sh_size, NUMBER(64))),
    ROW("funcs_of_1_byte", -EINVAL, FUNCS ": 1 bytes",
        SECTION(FUNCS, sh_size, NUMBER(1))),
    ROW("funcs_one_more", -EOPNOTSUPP, "function 3: version",
        SECTION(FUNCS, sh_size, OLD_PLUS(104))),
    ROW("funcs_one_fewer", -EINVAL, "in a section of 0xd0 bytes",
        SECTION(FUNCS, sh_size, OLD_PLUS(-104))),
    ROW("funcs_not_aligned", -EINVAL, "must be aligned to 8",
        SECTION(FUNCS, sh_addralign, NUMBER(1)),
        SECTION(".rodata.str", sh_size, NUMBER(47))),

    ROW("version_of_entry_0", -EOPNOTSUPP, "function 0: version 0",
        ENTRY(0, version, NUMBER(0))),
    ROW("version_of_entry_1", -EOPNOTSUPP, "function 0: version 1",
        ENTRY(0, version, NUMBER(1))),
    ROW("version_of_entry_3", -EOPNOTSUPP, "function 0: version 3",
        ENTRY(0, version, NUMBER(3))),
    ROW("version_of_last_entry_max", -EOPNOTSUPP, "function 2: version 255",
        ENTRY(2, version, NUMBER(255))),

    WILD_ROWS("name", NAME_0, 0, name, NO_NAME),
    ROW("name_null", -EINVAL, NO_NAME, INSTEAD(NAME_0, 0, name, NUMBER(0))),
    LOADS("name_of_an_entry_with_address_null",
          INSTEAD(NAME_1, 1, name, NUMBER(0))),
    ROW("name_of_an_entry_with_address_null_and_old_size_0", -EINVAL,
        "xen_compile_date: old_size is 0", INSTEAD(NAME_1, 1, name, NUMBER(0)),
        ENTRY(1, old_size, NUMBER(0))),
    ROW("name_in_its_data", -EINVAL, NO_NAME, ADDED(name_its_data)),
    ROW("name_of_nops_null", -EINVAL, "function 2: its name at",
        INSTEAD(NAME_2, 2, name, NUMBER(0))),
    ROW("name_of_an_entry_with_address_at_max", -EINVAL,
        "function 1: its name at", INSTEAD(NAME_1, 1, name, NUMBER(MAX64))),
    ROW("name_in_the_hypervisor", -EINVAL, NO_NAME,
        RECORD_SYMBOL(RECORDS, NAME_0, INDEX_OF("printk"))),
    ROW("name_empty", -ENOENT, "no function '' in this hypervisor",
        CONTENT(".rodata.str", 0, 1, NUMBER(0))),
    ROW("name_unknown", -ENOENT, "no function 'Xen_extra_version'",
        CONTENT(".rodata.str", 0, 1, NUMBER('X'))),
    ROW("name_cut_short", -ENOENT, "no function 'xen_extra_versio'",
        CONTENT(".rodata.str", 16, 1, NUMBER(0))),
    ROW("name_of_control_characters", -ENOENT, "no function '??\xff%s%p%",
        CONTENT(".rodata.str", 0, 8, NUMBER(0x2570257325ff7f01))),

    WILD_ROWS("old_addr", OLD_1, 1, old_addr, NOT_TEXT),
    ROW("old_addr_null_and_name_unknown", -ENOENT,
        "no function 'Xen_compile_date'",
        INSTEAD(OLD_1, 1, old_addr, NUMBER(0)),
        CONTENT(".rodata.str", 18, 1, NUMBER('X'))),
    ROW("old_addr_in_the_patching_path", -EPERM, "part of the patching path",
        ADDED(patch_the_path)),
    ROW("old_addr_in_data", -EINVAL, NOT_TEXT, ADDED(patch_data)),
    ROW("old_addr_in_init", -ENOENT, "unknown symbol 'common/printk.c#parse",
        ADDED(patch_init)),
    ROW("old_addr_of_nobody", -ENOENT, "unknown symbol 'no_such_function'",
        ADDED(patch_nobody)),
    ROW("old_addr_in_itself", -EINVAL, NOT_TEXT, ADDED(patch_itself)),
    ROW("old_addr_in_its_data", -EINVAL, NOT_TEXT, ADDED(patch_its_data)),

    ROW("old_size_0", -EINVAL, "xen_extra_version: old_size is 0",
        ENTRY(0, old_size, NUMBER(0))),
    ROW("old_size_1", -EINVAL, "has 1 bytes, a trampoline needs 5",
        ENTRY(0, old_size, NUMBER(1))),
    ROW("old_size_4", -EINVAL, "has 4 bytes, a trampoline needs 5",
        ENTRY(0, old_size, NUMBER(4))),
    LOADS("old_size_5", ENTRY(0, old_size, NUMBER(5))),
    ROW("old_size_2_to_31", -EINVAL, NOT_TEXT,
        ENTRY(0, old_size, NUMBER(1U << 31))),
    ROW("old_size_max", -EINVAL, NOT_TEXT, ENTRY(0, old_size, NUMBER(MAX32))),
    ROW("old_size_of_an_entry_with_address_max", -EINVAL, NOT_TEXT,
        ENTRY(1, old_size, NUMBER(MAX32))),

    WILD_ROWS("new_addr", NEW_0, 0, new_addr, NOT_OURS),
    ROW("new_addr_in_the_hypervisor", -EINVAL, NOT_OURS,
        RECORD_SYMBOL(RECORDS, NEW_0, INDEX_OF("printk"))),
    ROW("new_addr_in_its_strings", -EINVAL, NOT_OURS,
        RECORD_SYMBOL(RECORDS, NEW_0, NUMBER(2))),
    ROW("new_addr_at_the_end_of_text", -EINVAL, NOT_OURS,
        RECORD(RECORDS, NEW_0, r_addend, END_OF_TEXT)),
    ROW("new_addr_before_text", -EINVAL, NOT_OURS,
        RECORD(RECORDS, NEW_0, r_addend, NUMBER(-1))),
    LOADS("new_addr_at_the_last_byte_of_text",
          RECORD(RECORDS, NEW_0, r_addend, SIZE_PLUS(".text", -1))),
    LOADS("new_size_max", ENTRY(0, new_size, NUMBER(MAX32))),

    ROW("nops_0", -EINVAL, "and 0 bytes of NOPs",
        ENTRY(2, new_size, NUMBER(0))),
    ROW("nops_longer_than_the_function", -EINVAL, "over a function of 16",
        ENTRY(2, new_size, NUMBER(17))),
    ROW("nops_32", -EOPNOTSUPP, "32 bytes of NOPs, at most 31",
        ENTRY(2, new_size, NUMBER(32)), ENTRY(2, old_size, NUMBER(32))),
    ROW("nops_max", -EOPNOTSUPP, "4294967295 bytes of NOPs, at most 31",
        ENTRY(2, new_size, NUMBER(MAX32))),

    ROW("same_function_twice", -EINVAL, "functions 0 (xen_extra_version) and",
        RECORD(RECORDS, NAME_2, r_addend, NUMBER(0))),
    ROW("functions_that_overlap", -EINVAL, "overlap",
        RECORD(RECORDS, NAME_2, r_addend, NUMBER(18)),
        RECORD(RECORDS, OLD_1, r_addend, INDEX_OF("printk"))),
    LOADS("functions_that_touch", RECORD(RECORDS, NAME_2, r_addend, NUMBER(18)),
          RECORD(RECORDS, OLD_1, r_addend, NUMBER(7))),

    LOADS("expectation_longer_than_the_function",
          CONTENT(FUNCS, 72, 1, NUMBER(0x3f))),
    LOADS("expectation_reserved_bits", CONTENT(FUNCS, 72, 1, NUMBER(0xc1))),
    LOADS("padding_of_an_entry", CONTENT(FUNCS, 33, 8, NUMBER(MAX64)),
          CONTENT(FUNCS, 64, 8, NUMBER(MAX64))),
};

TABLE(broken_entry_rows, rows);
