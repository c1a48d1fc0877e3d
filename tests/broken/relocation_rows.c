// SPDX-License-Identifier: GPL-2.0
/*
 * Sections of relocation records: what they are linked to, their records'
 * shape, and each field of a record.
 */
#include "rows.h"

#define FUNCS ".rela.livepatch.funcs"
#define PLACES ".rela.rodata.places"
#define PLACES_BYTES 128

#define TYPE_ROW(n)                                                            \
    ROW("record_of_type_" #n, -EOPNOTSUPP,                                     \
        PLACES "[0]: relocation type " #n " is not",                           \
        RECORD_TYPE(PLACES, 0, NUMBER(n)))

/* The record's place: one byte past the last that its `bytes` fit. */
#define PLACE_ROW(tag, record, bytes)                                          \
    ROW("place_of_" tag "_past_the_end", -EINVAL,                              \
        "in a section of 0x80 bytes",                                          \
        RECORD(PLACES, record, r_offset, NUMBER(PLACES_BYTES - (bytes) + 1))), \
        ROW("place_of_" tag "_that_wraps", -EINVAL,                            \
            "in a section of 0x80 bytes",                                      \
            RECORD(PLACES, record, r_offset, NUMBER(0 - (uint64_t)(bytes))))

static const struct row rows[] = {
    ROW("records_link_0", -EINVAL, PLACES ": sh_link is 0",
        SECTION(PLACES, sh_link, NUMBER(0))),
    ROW("records_link_strings", -EINVAL, PLACES ": sh_link is",
        SECTION(PLACES, sh_link, INDEX(".strtab"))),
    ROW("records_link_max", -EINVAL, PLACES ": sh_link is 4294967295",
        SECTION(PLACES, sh_link, NUMBER(MAX32))),
    ROW("records_of_the_entries_for_section_0", -EINVAL, "function 0: its name",
        SECTION(FUNCS, sh_info, NUMBER(0))),
    ROW("records_of_the_entries_for_section_max", -EINVAL,
        "function 0: its name", SECTION(FUNCS, sh_info, NUMBER(MAX32))),
    ROW("records_of_the_entries_one_past_the_last", -EINVAL,
        "function 0: its name", SECTION(FUNCS, sh_info, NR_SECTIONS)),
    ROW("records_of_the_entries_for_themselves", -EINVAL,
        "function 0: its name", SECTION(FUNCS, sh_info, INDEX(FUNCS))),
    ROW("records_of_the_entries_for_the_symbols", -EINVAL,
        "function 0: its name", SECTION(FUNCS, sh_info, INDEX(".symtab"))),
    ROW("records_of_the_entries_for_data", -EINVAL, "in a section of 0x8 bytes",
        SECTION(FUNCS, sh_info, INDEX(".data"))),
    ROW("records_of_the_entries_for_a_note", -EINVAL,
        "in a section of 0x24 bytes",
        SECTION(FUNCS, sh_info, INDEX(".note.gnu.build-id"))),
    ROW("records_for_bss", -EINVAL, "in a section of 0x40 bytes",
        SECTION(PLACES, sh_info, INDEX(".bss"))),
    LOADS("records_for_section_0", SECTION(PLACES, sh_info, NUMBER(0))),
    LOADS("records_for_section_max", SECTION(PLACES, sh_info, NUMBER(MAX32))),
    ROW("records_over_the_entries", -EOVERFLOW, PLACES "[8]: R_X86_64_PC8",
        SECTION(PLACES, sh_info, INDEX(".livepatch.funcs"))),

    ROW("records_stride_0", -EINVAL, "in entries of 0",
        SECTION(PLACES, sh_entsize, NUMBER(0))),
    ROW("records_stride_1", -EINVAL, "in entries of 0x1 ",
        SECTION(PLACES, sh_entsize, NUMBER(1))),
    ROW("records_stride_23", -EINVAL, "in entries of 0x17",
        SECTION(PLACES, sh_entsize, NUMBER(23))),
    ROW("records_stride_25", -EINVAL, "in entries of 0x19",
        SECTION(PLACES, sh_entsize, NUMBER(25))),
    LOADS("records_stride_48", SECTION(FUNCS, sh_entsize, NUMBER(48))),
    ROW("records_stride_max", -EINVAL, "in entries of 0xffffffffffffffff",
        SECTION(PLACES, sh_entsize, NUMBER(MAX64))),
    ROW("records_a_byte_short", -EINVAL, "in entries of 0x18",
        SECTION(PLACES, sh_size, OLD_PLUS(-1))),
    ROW("records_of_1_byte", -EINVAL, "0x1 bytes in entries of 0x18",
        SECTION(PLACES, sh_size, NUMBER(1))),
    LOADS("records_of_0_bytes", SECTION(PLACES, sh_size, NUMBER(0))),
    ROW("records_of_the_entries_of_0_bytes", -EINVAL, "function 0: its name",
        SECTION(FUNCS, sh_size, NUMBER(0))),
    ROW("records_of_the_entries_one_short", -ENOENT,
        "no function 'Xen_compile_date'",
        SECTION(FUNCS, sh_size, OLD_PLUS(-24)),
        CONTENT(".rodata.str", 18, 1, NUMBER('X'))),
    ROW("records_without_content", -EINVAL, "function 0: its name",
        SECTION(FUNCS, sh_type, NUMBER(SHT_NOBITS))),
    ROW("records_without_addend", -EOPNOTSUPP, PLACES ": SHT_REL",
        SECTION(PLACES, sh_type, NUMBER(SHT_REL))),
    ROW("records_of_text_without_addend", -EOPNOTSUPP, ".rela.text: SHT_REL",
        SECTION(".rela.text", sh_type, NUMBER(SHT_REL))),
    LOADS("records_loaded", SECTION(PLACES, sh_flags, NUMBER(SHF_ALLOC))),

    ROW("record_symbol_0", -EOPNOTSUPP,
        PLACES "[0]: relocation against symbol 0",
        RECORD_SYMBOL(PLACES, 0, NUMBER(0))),
    ROW("last_record_symbol_0", -EOPNOTSUPP,
        PLACES "[13]: relocation against symbol 0",
        RECORD_SYMBOL(PLACES, 13, NUMBER(0))),
    ROW("record_symbol_1000", -EINVAL, PLACES "[0]: symbol 1000 of",
        RECORD_SYMBOL(PLACES, 0, NUMBER(1000))),
    ROW("record_symbol_max", -EINVAL, PLACES "[0]: symbol 4294967295 of",
        RECORD_SYMBOL(PLACES, 0, NUMBER(MAX32))),
    ROW("got_record_symbol_max", -EINVAL, PLACES "[10]: symbol 4294967295 of",
        RECORD_SYMBOL(PLACES, 10, NUMBER(MAX32))),
    ROW("record_symbol_unloaded", -EINVAL, "a section that is not loaded",
        SYMBOL("places", st_shndx, INDEX(".comment"))),

    TYPE_ROW(3),
    TYPE_ROW(5),
    TYPE_ROW(6),
    TYPE_ROW(7),
    TYPE_ROW(8),
    TYPE_ROW(16),
    TYPE_ROW(19),
    TYPE_ROW(22),
    TYPE_ROW(25),
    TYPE_ROW(26),
    TYPE_ROW(32),
    TYPE_ROW(37),
    TYPE_ROW(40),
    TYPE_ROW(43),
    TYPE_ROW(255),
    TYPE_ROW(65536),
    TYPE_ROW(2147483648),
    TYPE_ROW(4294967295),
    ROW("record_of_a_name_of_type_none", -EINVAL, "function 0: its name",
        RECORD_TYPE(FUNCS, 0, NUMBER(R_X86_64_NONE))),
    ROW("record_of_a_name_of_type_16", -EOVERFLOW, FUNCS "[0]: R_X86_64_16",
        RECORD_TYPE(FUNCS, 0, NUMBER(R_X86_64_16))),

    PLACE_ROW("8_bytes", 0, 8),
    PLACE_ROW("4_bytes", 2, 4),
    PLACE_ROW("2_bytes", 4, 2),
    PLACE_ROW("1_byte", 5, 1),
    PLACE_ROW("a_got_offset", 10, 4),
    ROW("place_at_the_end", -EINVAL, "in a section of 0x80 bytes",
        RECORD(PLACES, 0, r_offset, NUMBER(PLACES_BYTES))),
    ROW("place_at_max", -EINVAL, "in a section of 0x80 bytes",
        RECORD(PLACES, 0, r_offset, NUMBER(MAX64))),
    ROW("place_at_2_to_63", -EINVAL, "in a section of 0x80 bytes",
        RECORD(PLACES, 0, r_offset, NUMBER(1ULL << 63))),
    LOADS("last_place_of_8_bytes",
          RECORD(PLACES, 0, r_offset, NUMBER(PLACES_BYTES - 8))),
    LOADS("last_place_of_nothing",
          RECORD(PLACES, 13, r_offset, NUMBER(PLACES_BYTES))),
    ROW("place_of_nothing_past_the_end", -EINVAL, "R_X86_64_NONE of 0 bytes",
        RECORD(PLACES, 13, r_offset, NUMBER(PLACES_BYTES + 1))),
    LOADS("place_not_aligned", RECORD(PLACES, 0, r_offset, NUMBER(97))),
};

TABLE(broken_relocation_rows, rows);
