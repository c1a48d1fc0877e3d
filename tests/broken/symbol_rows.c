// SPDX-License-Identifier: GPL-2.0
/*
 * The symbol table and the string tables, and each field of a symbol.
 */
#include "rows.h"

#include <stdlib.h>
#include <string.h>

#define TABLE_SHAPE "symbol table: "
#define BOTH_ENDS "must begin and end with NUL"

/* An undefined symbol with a name of 1 MiB. */
static void ask_for_a_long_name(struct payload_builder *builder)
{
    char *name = malloc((1 << 20) + 1);

    memset(name, 'n', 1 << 20);
    name[1 << 20] = '\0';
    builder_symbol(builder, name, SHN_UNDEF, 0, 0);
    free(name);
}

/* A name that pretends to be another line of the log. */
static void ask_for_lines(struct payload_builder *builder)
{
    builder_symbol(builder, "a\nlivepatch: good: \x1b[2Jb", SHN_UNDEF, 0, 0);
}

static void export_twice(struct payload_builder *builder)
{
    builder_symbol(builder, "of_the_set", 1, 8,
                   ELF64_ST_INFO(STB_GLOBAL, STT_FUNC));
}

static const struct row rows[] = {
    ROW("symtab_missing", -EINVAL, "no symbol table",
        SECTION(".symtab", sh_type, NUMBER(SHT_PROGBITS))),
    ROW("symtab_without_content", -EINVAL, "no symbol table",
        SECTION(".symtab", sh_type, NUMBER(SHT_NOBITS))),
    ROW("symtab_dynamic", -EINVAL, "no symbol table",
        SECTION(".symtab", sh_type, NUMBER(SHT_DYNSYM))),
    ROW("symtab_twice", -EOPNOTSUPP, "are both symbol tables",
        SECTION(".strtab", sh_type, NUMBER(SHT_SYMTAB))),
    ROW("symtab_link_0", -EINVAL, "symbol names: section 0",
        SECTION(".symtab", sh_link, NUMBER(0))),
    ROW("symtab_link_text", -EINVAL, "symbol names: section 1",
        SECTION(".symtab", sh_link, NUMBER(1))),
    ROW("symtab_link_itself", -EINVAL, "symbol names: section",
        SECTION(".symtab", sh_link, INDEX(".symtab"))),
    ROW("symtab_link_section_names", -ENOENT, "unknown symbol '",
        SECTION(".symtab", sh_link, INDEX(".shstrtab"))),
    ROW("symtab_link_one_past_the_last", -EINVAL, TABLE_SHAPE "sh_link is",
        SECTION(".symtab", sh_link, NR_SECTIONS)),
    ROW("symtab_link_max", -EINVAL, TABLE_SHAPE "sh_link is 4294967295",
        SECTION(".symtab", sh_link, NUMBER(MAX32))),
    ROW("symtab_of_0_bytes", -EINVAL, TABLE_SHAPE "0 bytes",
        SECTION(".symtab", sh_size, NUMBER(0))),
    ROW("symtab_of_1_byte", -EINVAL, TABLE_SHAPE "0x1 bytes",
        SECTION(".symtab", sh_size, NUMBER(1))),
    ROW("symtab_of_1_symbol", -EINVAL, "]: symbol",
        SECTION(".symtab", sh_size, NUMBER(24))),
    ROW("symtab_a_byte_short", -EINVAL, TABLE_SHAPE,
        SECTION(".symtab", sh_size, OLD_PLUS(-1))),
    LOADS("symtab_a_symbol_short", SECTION(".symtab", sh_size, OLD_PLUS(-24))),
    ROW("symtab_stride_0", -EINVAL, TABLE_SHAPE,
        SECTION(".symtab", sh_entsize, NUMBER(0))),
    ROW("symtab_stride_1", -EINVAL, TABLE_SHAPE,
        SECTION(".symtab", sh_entsize, NUMBER(1))),
    ROW("symtab_stride_23", -EINVAL, TABLE_SHAPE,
        SECTION(".symtab", sh_entsize, NUMBER(23))),
    ROW("symtab_stride_25", -EINVAL, TABLE_SHAPE,
        SECTION(".symtab", sh_entsize, NUMBER(25))),
    ROW("symtab_stride_of_all", -EINVAL, "]: symbol",
        SECTION(".symtab", sh_entsize, SIZE_PLUS(".symtab", 0))),
    ROW("symtab_stride_max", -EINVAL, TABLE_SHAPE,
        SECTION(".symtab", sh_entsize, NUMBER(MAX64))),
    LOADS("symtab_loaded", SECTION(".symtab", sh_flags, NUMBER(SHF_ALLOC))),
    LOADS("symtab_local_count_max", SECTION(".symtab", sh_info, NUMBER(MAX32))),

    ROW("strtab_of_0_bytes", -EINVAL, BOTH_ENDS,
        SECTION(".strtab", sh_size, NUMBER(0))),
    ROW("strtab_without_nul_at_its_start", -EINVAL, BOTH_ENDS,
        CONTENT(".strtab", 0, 1, NUMBER('x'))),
    ROW("strtab_without_nul_at_its_end", -EINVAL, BOTH_ENDS,
        SECTION(".strtab", sh_size, OLD_PLUS(-1))),
    ROW("strtab_without_content", -EINVAL, "symbol names: section",
        SECTION(".strtab", sh_type, NUMBER(SHT_NOBITS)),
        SECTION(".strtab", sh_offset, NUMBER(-4096))),
    ROW("strtab_of_1_byte", -EINVAL, ": name at",
        SECTION(".strtab", sh_size, NUMBER(1))),
    ROW("shstrtab_of_0_bytes", -EINVAL, BOTH_ENDS,
        SECTION(".shstrtab", sh_size, NUMBER(0))),
    ROW("shstrtab_without_nul_at_its_start", -EINVAL, BOTH_ENDS,
        CONTENT(".shstrtab", 0, 1, NUMBER('x'))),
    ROW("shstrtab_without_nul_at_its_end", -EINVAL, BOTH_ENDS,
        SECTION(".shstrtab", sh_size, OLD_PLUS(-1))),
    ROW("shstrtab_without_content", -EINVAL, "section names: section",
        SECTION(".shstrtab", sh_type, NUMBER(SHT_NOBITS)),
        SECTION(".shstrtab", sh_offset, NUMBER(-4096))),
    ROW("shstrtab_of_1_byte", -EINVAL, ": name at",
        SECTION(".shstrtab", sh_size, NUMBER(1))),

    ROW("symbol_name_at_the_end", -EINVAL, ": name at",
        SYMBOL("new_0", st_name, SIZE_PLUS(".strtab", 0))),
    LOADS("symbol_name_at_the_last_byte",
          SYMBOL("new_0", st_name, SIZE_PLUS(".strtab", -1))),
    ROW("symbol_name_at_max", -EINVAL, ": name at 0xffffffff",
        SYMBOL("new_0", st_name, NUMBER(MAX32))),
    ROW("unused_symbol_name_at_max", -EINVAL, ": name at 0xffffffff",
        SYMBOL("max_page", st_name, NUMBER(MAX32))),

    ROW("symbol_of_no_section", -ENOENT, "unknown symbol 'new_0'",
        SYMBOL("new_0", st_shndx, NUMBER(SHN_UNDEF))),
    ROW("symbol_common", -EINVAL, "'new_0' is COMMON",
        SYMBOL("new_0", st_shndx, NUMBER(SHN_COMMON))),
    ROW("symbol_reserved_lowest", -EOPNOTSUPP, "reserved section index 0xff00",
        SYMBOL("new_0", st_shndx, NUMBER(SHN_LORESERVE))),
    ROW("symbol_reserved_extension", -EOPNOTSUPP,
        "reserved section index 0xffff",
        SYMBOL("new_0", st_shndx, NUMBER(SHN_XINDEX))),
    ROW("symbol_one_past_the_last_section", -EINVAL, "symbol 'new_0': section",
        SYMBOL("new_0", st_shndx, NR_SECTIONS)),
    ROW("symbol_below_the_reserved", -EINVAL, "symbol 'new_0': section 65279",
        SYMBOL("new_0", st_shndx, NUMBER(0xfeff))),
    ROW("symbol_of_an_unloaded_section", -EINVAL,
        "a section that is not loaded",
        SYMBOL("new_0", st_shndx, INDEX(".comment"))),
    ROW("symbol_absolute", -EINVAL, "not in the payload's text",
        SYMBOL("new_1", st_shndx, NUMBER(SHN_ABS)),
        SYMBOL("new_1", st_value, NUMBER(0x1000))),
    ROW("symbol_of_rodata", -EINVAL, "not in the payload's text",
        SYMBOL("new_0", st_shndx, INDEX(".rodata.places"))),
    ROW("symbol_of_bss", -EINVAL, "not in the payload's text",
        SYMBOL("new_0", st_shndx, INDEX(".bss"))),

    ROW("symbol_at_the_end", -EINVAL, "not in the payload's text",
        SYMBOL("new_0", st_shndx, INDEX(".altinstr_replacement")),
        SYMBOL("new_0", st_value, SIZE_PLUS(".altinstr_replacement", 0))),
    ROW("symbol_a_byte_past_the_end", -EINVAL, "symbol 'new_0': value",
        SYMBOL("new_0", st_value, SIZE_PLUS(".text", 1))),
    ROW("symbol_at_max", -EINVAL, "symbol 'new_0': value 0xffffffffffffffff",
        SYMBOL("new_0", st_value, NUMBER(MAX64))),
    ROW("symbol_at_2_to_63", -EINVAL,
        "symbol 'new_0': value 0x8000000000000000",
        SYMBOL("new_0", st_value, NUMBER(1ULL << 63))),
    LOADS("symbol_size_max", SYMBOL("new_0", st_size, NUMBER(MAX64))),
    LOADS("symbol_of_every_type_and_binding",
          SYMBOL("new_0", st_info, NUMBER(0xff))),
    LOADS("symbol_of_every_visibility",
          SYMBOL("new_0", st_other, NUMBER(0xff))),

    ROW("unknown_symbol", -ENOENT, "unknown symbol 'unloaded'",
        SYMBOL("max_page", st_name, STRING_OF("unloaded"))),
    ROW("unknown_weak_symbol", -ENOENT, "unknown symbol 'unloaded'",
        SYMBOL("max_page", st_info, NUMBER(ELF64_ST_INFO(STB_WEAK, 0))),
        SYMBOL("max_page", st_name, STRING_OF("unloaded"))),
    ROW("undefined_symbol_without_name", -ENOENT, "unknown symbol ''",
        SYMBOL("max_page", st_name, NUMBER(0))),
    ROW("undefined_symbol_of_a_megabyte", -ENOENT, "unknown symbol 'nnnnnnnn",
        ADDED(ask_for_a_long_name)),
    ROW("undefined_symbol_of_lines", -ENOENT,
        "unknown symbol 'a?livepatch: good: ?[2Jb'", ADDED(ask_for_lines)),
    ROW("export_of_the_hypervisor_s_name", -EEXIST,
        "'max_page' is a symbol of the hypervisor",
        SYMBOL("of_the_set", st_name, STRING_OF("max_page"))),
    ROW("weak_export_of_the_hypervisor_s_name", -EEXIST,
        "'max_page' is a symbol of the hypervisor",
        SYMBOL("of_the_set", st_info,
               NUMBER(ELF64_ST_INFO(STB_WEAK, STT_FUNC))),
        SYMBOL("of_the_set", st_name, STRING_OF("max_page"))),
    LOADS("local_of_the_hypervisor_s_name",
          SYMBOL("of_the_set", st_info,
                 NUMBER(ELF64_ST_INFO(STB_LOCAL, STT_FUNC))),
          SYMBOL("of_the_set", st_name, STRING_OF("max_page"))),
    LOADS("export_twice", ADDED(export_twice)),
    LOADS("symbol_0_at_max", CONTENT(".symtab", 0, 8, NUMBER(MAX64)),
          CONTENT(".symtab", 8, 8, NUMBER(MAX64)),
          CONTENT(".symtab", 16, 8, NUMBER(MAX64))),
};

TABLE(broken_symbol_rows, rows);
