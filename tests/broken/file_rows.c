// SPDX-License-Identifier: GPL-2.0
/*
 * The good payload itself, files of other lengths, and each field of the ELF
 * header.
 */
#include "rows.h"

#define NO_ROOM "section table at"

/* Sections that bring the file to `nr` of them. */
static void fill_sections(struct payload_builder *builder, uint32_t nr)
{
    while (builder_nr_sections(builder) < nr) {
        builder_section(builder, ".note", SHT_NOTE, 0, 1, "", 1);
    }
}

static void have_1023_sections(struct payload_builder *builder)
{
    fill_sections(builder, 1023);
}

static void have_1024_sections(struct payload_builder *builder)
{
    fill_sections(builder, 1024);
}

static const struct row rows[] = {
    ROW("good", 0, "loaded: 3 functions", UNCHANGED),
    ROW("no_bytes", -EINVAL, "a file of 0 bytes", LENGTH(NUMBER(0))),
    ROW("one_byte", -EINVAL, "1 bytes: an ELF header has", LENGTH(NUMBER(1))),
    ROW("header_less_a_byte", -EINVAL, "63 bytes: an ELF header has",
        LENGTH(NUMBER(63))),
    ROW("header_alone", -EINVAL, NO_ROOM, LENGTH(NUMBER(64))),
    ROW("page_of_it", -EINVAL, NO_ROOM, LENGTH(NUMBER(4096))),
    ROW("last_byte_missing", -EINVAL, NO_ROOM, LENGTH(FILE_PLUS(-1))),
    LOADS("byte_more", LENGTH(FILE_PLUS(1))),
    LOADS("two_mib", LENGTH(NUMBER(2 << 20))),
    ROW("two_mib_and_a_byte", -EINVAL, "a file of 2097153 bytes",
        LENGTH(NUMBER((2 << 20) + 1))),
    ROW("zeros_alone", -EINVAL, "not an ELF file", LENGTH(NUMBER(0)),
        LENGTH(NUMBER(4096))),

    ROW("magic_0", -EINVAL, "not an ELF file", HEADER(e_ident[0], NUMBER(0))),
    ROW("magic_1", -EINVAL, "not an ELF file", HEADER(e_ident[1], NUMBER(0))),
    ROW("magic_2", -EINVAL, "not an ELF file", HEADER(e_ident[2], NUMBER(0))),
    ROW("magic_3", -EINVAL, "not an ELF file", HEADER(e_ident[3], NUMBER(0))),
    ROW("class_none", -EOPNOTSUPP, "class 0", HEADER(e_ident[4], NUMBER(0))),
    ROW("class_32", -EOPNOTSUPP, "class 1", HEADER(e_ident[4], NUMBER(1))),
    ROW("class_max", -EOPNOTSUPP, "class 255", HEADER(e_ident[4], NUMBER(255))),
    ROW("byte_order_none", -EOPNOTSUPP, "byte order 0",
        HEADER(e_ident[5], NUMBER(0))),
    ROW("byte_order_big", -EOPNOTSUPP, "byte order 2",
        HEADER(e_ident[5], NUMBER(2))),
    ROW("ident_version_0", -EOPNOTSUPP, "e_ident: 0)",
        HEADER(e_ident[6], NUMBER(0))),
    ROW("ident_version_2", -EOPNOTSUPP, "e_ident: 2)",
        HEADER(e_ident[6], NUMBER(2))),
    ROW("os_abi_linux", -EOPNOTSUPP, "e_ident[EI_OSABI] is 3",
        HEADER(e_ident[7], NUMBER(3))),
    ROW("os_abi_max", -EOPNOTSUPP, "e_ident[EI_OSABI] is 255",
        HEADER(e_ident[7], NUMBER(255))),
    LOADS("os_abi_freebsd", HEADER(e_ident[7], NUMBER(9))),
    ROW("abi_version_1", -EOPNOTSUPP, "ABI version 1",
        HEADER(e_ident[8], NUMBER(1))),
    LOADS("ident_padding", HEADER(e_ident[9], NUMBER(255))),

    ROW("type_none", -EOPNOTSUPP, "e_type is 0", HEADER(e_type, NUMBER(0))),
    ROW("type_executable", -EOPNOTSUPP, "e_type is 2",
        HEADER(e_type, NUMBER(ET_EXEC))),
    ROW("type_shared", -EOPNOTSUPP, "e_type is 3",
        HEADER(e_type, NUMBER(ET_DYN))),
    ROW("type_core", -EOPNOTSUPP, "e_type is 4",
        HEADER(e_type, NUMBER(ET_CORE))),
    ROW("type_max", -EOPNOTSUPP, "e_type is 65535",
        HEADER(e_type, NUMBER(0xffff))),
    ROW("machine_none", -EOPNOTSUPP, "machine 0",
        HEADER(e_machine, NUMBER(EM_NONE))),
    ROW("machine_386", -EOPNOTSUPP, "machine 3",
        HEADER(e_machine, NUMBER(EM_386))),
    ROW("machine_arm64", -EOPNOTSUPP, "machine 183",
        HEADER(e_machine, NUMBER(EM_AARCH64))),
    ROW("machine_max", -EOPNOTSUPP, "machine 65535",
        HEADER(e_machine, NUMBER(0xffff))),
    ROW("version_0", -EOPNOTSUPP, "ELF version 0",
        HEADER(e_version, NUMBER(0))),
    ROW("version_2", -EOPNOTSUPP, "ELF version 2",
        HEADER(e_version, NUMBER(2))),
    ROW("version_max", -EOPNOTSUPP, "ELF version 4294967295",
        HEADER(e_version, NUMBER(MAX32))),
    ROW("one_program_header", -EOPNOTSUPP, "1 program headers",
        HEADER(e_phnum, NUMBER(1))),
    ROW("program_headers_max", -EOPNOTSUPP, "65535 program headers",
        HEADER(e_phnum, NUMBER(0xffff))),
    LOADS("entry_point_max", HEADER(e_entry, NUMBER(MAX64))),
    LOADS("flags_max", HEADER(e_flags, NUMBER(MAX32))),
    LOADS("header_size_0", HEADER(e_ehsize, NUMBER(0))),
    LOADS("program_header_size_max", HEADER(e_phentsize, NUMBER(0xffff))),
    LOADS("program_headers_at_max", HEADER(e_phoff, NUMBER(MAX64))),

    ROW("table_at_0", -EINVAL, "section", HEADER(e_shoff, NUMBER(0))),
    ROW("table_at_1", -EINVAL, "section", HEADER(e_shoff, NUMBER(1))),
    ROW("table_a_byte_early", -EINVAL, "section",
        HEADER(e_shoff, OLD_PLUS(-1))),
    ROW("table_a_byte_late", -EINVAL, NO_ROOM, HEADER(e_shoff, OLD_PLUS(1))),
    ROW("table_a_header_early", -EINVAL, "section",
        HEADER(e_shoff, OLD_PLUS(-64))),
    ROW("table_at_the_end", -EINVAL, NO_ROOM, HEADER(e_shoff, FILE_PLUS(0))),
    ROW("table_past_the_end", -EINVAL, NO_ROOM, HEADER(e_shoff, FILE_PLUS(1))),
    ROW("table_at_2_to_63", -EINVAL, NO_ROOM,
        HEADER(e_shoff, NUMBER(1ULL << 63))),
    ROW("table_that_wraps", -EINVAL, NO_ROOM, HEADER(e_shoff, NUMBER(-64))),
    ROW("table_at_max", -EINVAL, NO_ROOM, HEADER(e_shoff, NUMBER(MAX64))),
    ROW("table_that_wraps_to_its_place", -EINVAL, NO_ROOM,
        HEADER(e_shoff, NUMBER(-1024)), HEADER(e_shnum, NUMBER(16)),
        HEADER(e_shstrndx, NUMBER(1))),

    ROW("stride_0", -EINVAL, "e_shentsize is 0",
        HEADER(e_shentsize, NUMBER(0))),
    ROW("stride_1", -EINVAL, "e_shentsize is 1",
        HEADER(e_shentsize, NUMBER(1))),
    ROW("stride_63", -EINVAL, "e_shentsize is 63",
        HEADER(e_shentsize, NUMBER(63))),
    ROW("stride_65", -EINVAL, NO_ROOM, HEADER(e_shentsize, NUMBER(65))),
    ROW("stride_max", -EINVAL, NO_ROOM, HEADER(e_shentsize, NUMBER(0xffff))),

    ROW("sections_0", -EINVAL, "of 0 sections", HEADER(e_shnum, NUMBER(0))),
    ROW("sections_1", -EINVAL, "of 1 sections", HEADER(e_shnum, NUMBER(1))),
    ROW("sections_less_one", -EINVAL, "e_shstrndx is",
        HEADER(e_shnum, OLD_PLUS(-1))),
    ROW("sections_and_one", -EINVAL, NO_ROOM, HEADER(e_shnum, OLD_PLUS(1))),
    ROW("sections_1023_in_the_header", -EINVAL, NO_ROOM,
        HEADER(e_shnum, NUMBER(1023))),
    LOADS("sections_1023", ADDED(have_1023_sections)),
    ROW("sections_1024", -EOPNOTSUPP, "1024 sections",
        ADDED(have_1024_sections)),
    ROW("sections_max", -EOPNOTSUPP, "65535 sections",
        HEADER(e_shnum, NUMBER(0xffff))),

    ROW("names_in_section_0", -EINVAL, "e_shstrndx is 0",
        HEADER(e_shstrndx, NUMBER(0))),
    ROW("names_in_text", -EINVAL, "section names: section 1 has type 1",
        HEADER(e_shstrndx, INDEX(".text"))),
    ROW("names_in_bss", -EINVAL, "section names: section",
        HEADER(e_shstrndx, INDEX(".bss"))),
    ROW("names_in_the_symbol_table", -EINVAL, "section names: section",
        HEADER(e_shstrndx, INDEX(".symtab"))),
    ROW("names_of_symbols", -EINVAL, "section",
        HEADER(e_shstrndx, INDEX(".strtab"))),
    ROW("names_one_past_the_last", -EINVAL, "e_shstrndx is",
        HEADER(e_shstrndx, NR_SECTIONS)),
    ROW("names_in_the_extension", -EINVAL, "e_shstrndx is 65535",
        HEADER(e_shstrndx, NUMBER(SHN_XINDEX))),
};

TABLE(broken_file_rows, rows);
