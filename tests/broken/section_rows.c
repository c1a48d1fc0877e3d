// SPDX-License-Identifier: GPL-2.0
/*
 * Headers of sections without a meaning of their own, and of those that the
 * file itself is made of: type, flags, place, size, alignment.
 */
#include "rows.h"

#include <stdio.h>

#define IN_FILE_OF "in a file of"

/* Where a section of `tag` is said to stand, and how long it is; for sections
 * with content. */
#define PLACE_ROWS(tag, section)                                               \
    ROW(tag "_at_0", -EINVAL, "lies in the ELF header",                        \
        SECTION(section, sh_offset, NUMBER(0))),                               \
        ROW(tag "_in_the_header", -EINVAL, "lies in the ELF header",           \
            SECTION(section, sh_offset, NUMBER(63))),                          \
        ROW(tag "_past_the_end", -EINVAL, IN_FILE_OF,                          \
            SECTION(section, sh_offset, FILE_PLUS(1))),                        \
        ROW(tag "_ends_a_byte_late", -EINVAL, IN_FILE_OF,                      \
            SECTION(section, sh_offset, FILE_PLUS(-1)),                        \
            SECTION(section, sh_size, NUMBER(2))),                             \
        ROW(tag "_at_max", -EINVAL, IN_FILE_OF,                                \
            SECTION(section, sh_offset, NUMBER(MAX64))),                       \
        ROW(tag "_of_max_bytes", -EINVAL, IN_FILE_OF,                          \
            SECTION(section, sh_size, NUMBER(MAX64))),                         \
        ROW(tag "_of_2_to_63_bytes", -EINVAL, IN_FILE_OF,                      \
            SECTION(section, sh_size, NUMBER(1ULL << 63))),                    \
        ROW(tag "_that_wraps", -EINVAL, IN_FILE_OF,                            \
            SECTION(section, sh_offset, NUMBER(4096)),                         \
            SECTION(section, sh_size, NUMBER(-4096))),                         \
        ROW(tag "_that_wraps_by_one", -EINVAL, IN_FILE_OF,                     \
            SECTION(section, sh_offset, NUMBER(4096)),                         \
            SECTION(section, sh_size, NUMBER(-4095))),                         \
        ROW(tag "_aligned_to_3", -EOPNOTSUPP,                                  \
            "alignment 0x3 is no power of two",                                \
            SECTION(section, sh_addralign, NUMBER(3))),                        \
        ROW(tag "_aligned_to_max", -EOPNOTSUPP, "is no power of two",          \
            SECTION(section, sh_addralign, NUMBER(MAX64))),                    \
        ROW(tag "_at_an_odd_address", -EINVAL, "address 0x1, alignment 0x10",  \
            SECTION(section, sh_addr, NUMBER(1)),                              \
            SECTION(section, sh_addralign, NUMBER(16)))

/* The first of these is within its bound, and too much with the others. */
static void add_bss_of_2_gib(struct payload_builder *builder)
{
    while (builder_nr_sections(builder) < 1020) {
        builder_section(builder, ".bss.more", SHT_NOBITS, SHF_ALLOC | SHF_WRITE,
                        1, NULL, 2 << 20);
    }
}

static const struct row rows[] = {
    PLACE_ROWS("text", ".text"),
    PLACE_ROWS("data", ".data"),
    PLACE_ROWS("comment", ".comment"),
    PLACE_ROWS("records", ".rela.rodata.places"),
    PLACE_ROWS("symtab", ".symtab"),
    PLACE_ROWS("strtab", ".strtab"),
    PLACE_ROWS("shstrtab", ".shstrtab"),

    LOADS("text_aligned_to_0", SECTION(".text", sh_addralign, NUMBER(0))),
    LOADS("data_aligned_to_0", SECTION(".data", sh_addralign, NUMBER(0))),
    LOADS("bss_aligned_to_0", SECTION(".bss", sh_addralign, NUMBER(0))),
    LOADS("data_aligned_to_a_page",
          SECTION(".data", sh_addralign, NUMBER(4096))),
    ROW("data_aligned_to_two_pages", -EOPNOTSUPP, ".data: alignment 0x2000",
        SECTION(".data", sh_addralign, NUMBER(8192))),
    ROW("bss_aligned_to_2_to_63", -EOPNOTSUPP, ".bss: alignment",
        SECTION(".bss", sh_addralign, NUMBER(1ULL << 63))),
    LOADS("comment_aligned_to_2_to_63",
          SECTION(".comment", sh_addralign, NUMBER(1ULL << 63))),
    ROW("data_at_address_max", -EINVAL, "address 0xffffffffffffffff",
        SECTION(".data", sh_addr, NUMBER(MAX64))),
    LOADS("data_at_an_aligned_address",
          SECTION(".data", sh_addr, NUMBER(-4096))),

    ROW("bss_at_0", -EINVAL, "lies in the ELF header",
        SECTION(".bss", sh_offset, NUMBER(0))),
    LOADS("bss_at_max", SECTION(".bss", sh_offset, NUMBER(MAX64))),
    LOADS("bss_of_2_mib", SECTION(".bss", sh_size, NUMBER(2 << 20))),
    ROW("bss_of_2_mib_and_a_byte", -EINVAL, "bytes of NOBITS",
        SECTION(".bss", sh_size, NUMBER((2 << 20) + 1))),
    ROW("bss_of_max_bytes", -EINVAL, "bytes of NOBITS",
        SECTION(".bss", sh_size, NUMBER(MAX64))),
    ROW("bss_of_2_gib_in_all", -ENOMEM, "no memory for an image of",
        ADDED(add_bss_of_2_gib)),
    LOADS("comment_of_max_bytes_of_nobits",
          SECTION(".comment", sh_type, NUMBER(SHT_NOBITS)),
          SECTION(".comment", sh_size, NUMBER(MAX64))),
    LOADS("bss_with_content", SECTION(".bss", sh_type, NUMBER(SHT_PROGBITS))),
    ROW("bss_with_content_past_the_end", -EINVAL, IN_FILE_OF,
        SECTION(".bss", sh_type, NUMBER(SHT_PROGBITS)),
        SECTION(".bss", sh_offset, FILE_PLUS(-63))),

    ROW("text_writable", -EOPNOTSUPP, ".text: writable and executable",
        SECTION(".text", sh_flags,
                NUMBER(SHF_ALLOC | SHF_WRITE | SHF_EXECINSTR))),
    ROW("data_executable", -EOPNOTSUPP, ".data: writable and executable",
        SECTION(".data", sh_flags,
                NUMBER(SHF_ALLOC | SHF_WRITE | SHF_EXECINSTR))),
    ROW("data_thread_local", -EOPNOTSUPP, "thread-local",
        SECTION(".data", sh_flags, OLD_PLUS(SHF_TLS))),
    ROW("data_compressed", -EOPNOTSUPP, "compressed",
        SECTION(".data", sh_flags, OLD_PLUS(SHF_COMPRESSED))),
    ROW("data_with_all_flags", -EOPNOTSUPP, ".data: writable and executable",
        SECTION(".data", sh_flags, NUMBER(MAX64))),
    ROW("text_not_loaded", -EINVAL, "a section that is not loaded",
        SECTION(".text", sh_flags, NUMBER(SHF_EXECINSTR))),
    ROW("text_not_executable", -EINVAL, "not in the payload's text",
        SECTION(".text", sh_flags, NUMBER(SHF_ALLOC))),
    ROW("strings_not_loaded", -EINVAL, "a section that is not loaded",
        SECTION(".rodata.str", sh_flags, NUMBER(0))),
    LOADS("places_not_loaded", SECTION(".rodata.places", sh_flags, NUMBER(0)),
          SECTION(".rela.rodata.places", sh_info, NUMBER(0))),
    LOADS("comment_loaded", SECTION(".comment", sh_flags, NUMBER(SHF_ALLOC)),
          SECTION(".comment", sh_size, NUMBER(8))),
    LOADS("text_without_content",
          SECTION(".text", sh_type, NUMBER(SHT_NOBITS))),
    ROW("strings_without_content", -ENOENT, "no function '' in this hypervisor",
        SECTION(".rodata.str", sh_type, NUMBER(SHT_NOBITS))),
    LOADS("data_of_no_type", SECTION(".data", sh_type, NUMBER(SHT_NULL))),
    LOADS("data_of_type_max", SECTION(".data", sh_type, NUMBER(MAX32))),
    ROW("data_as_records", -EINVAL, ".data: sh_link is 0",
        SECTION(".data", sh_type, NUMBER(SHT_RELA)),
        SECTION(".data", sh_info, INDEX(".text"))),
    ROW("data_as_symbols", -EOPNOTSUPP, "are both symbol tables",
        SECTION(".data", sh_type, NUMBER(SHT_SYMTAB))),
    LOADS("data_over_the_header_of_sections",
          SECTION(".data", sh_offset, FILE_PLUS(-64)),
          SECTION(".data", sh_size, NUMBER(64))),
    LOADS("data_over_all_of_the_file", SECTION(".data", sh_offset, NUMBER(64)),
          SECTION(".data", sh_size, FILE_PLUS(-64))),
    LOADS("data_linked_to_max", SECTION(".data", sh_link, NUMBER(MAX32)),
          SECTION(".data", sh_info, NUMBER(MAX32))),

    ROW("name_at_the_end", -EINVAL, ": name at",
        SECTION(".data", sh_name, SIZE_PLUS(".shstrtab", 0))),
    LOADS("name_at_the_last_byte",
          SECTION(".data", sh_name, SIZE_PLUS(".shstrtab", -1))),
    ROW("name_at_max", -EINVAL, ": name at 0xffffffff",
        SECTION(".data", sh_name, NUMBER(MAX32))),
    ROW("name_of_an_unloaded_section_at_max", -EINVAL, ": name at 0xffffffff",
        SECTION(".comment", sh_name, NUMBER(MAX32))),
};

TABLE(broken_section_rows, rows);
