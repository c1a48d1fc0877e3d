// SPDX-License-Identifier: GPL-2.0
/*
 * What code says of itself: bug frames, the exception table, alternatives.
 * Headers of their sections; pointers of their records that lead where they
 * must not; sizes and features of alternatives.
 */
#include "rows.h"

#define BOTH (SHF_ALLOC | SHF_WRITE | SHF_EXECINSTR)

/* `empty`: what comes of it when the section is empty or not there. */
#define SECTION_ROWS(tag, section, empty, says_empty)                          \
    ROW(tag "_of_0_bytes", empty, says_empty,                                  \
        SECTION(section, sh_size, NUMBER(0)),                                  \
        SECTION(".rela" section, sh_size, NUMBER(0))),                         \
        ROW(tag "_missing", empty, says_empty,                                 \
            SECTION(section, sh_name, NAME(".data"))),                         \
        ROW(tag "_of_max_bytes", -EINVAL, "in a file of",                      \
            SECTION(section, sh_size, NUMBER(MAX64))),                         \
        ROW(tag "_that_wraps", -EINVAL, "in a file of",                        \
            SECTION(section, sh_offset, NUMBER(4096)),                         \
            SECTION(section, sh_size, NUMBER(-4096))),                         \
        ROW(tag "_at_0", -EINVAL, "lies in the ELF header",                    \
            SECTION(section, sh_offset, NUMBER(0))),                           \
        ROW(tag "_not_loaded", -EINVAL, section ": type",                      \
            SECTION(section, sh_flags, NUMBER(SHF_WRITE))),                    \
        ROW(tag "_without_content", -EINVAL, section ": type 8",               \
            SECTION(section, sh_type, NUMBER(SHT_NOBITS))),                    \
        ROW(tag "_without_content_at_max", -EINVAL, section ": type 8",        \
            SECTION(section, sh_type, NUMBER(SHT_NOBITS)),                     \
            SECTION(section, sh_offset, NUMBER(-8))),                          \
        ROW(tag "_twice", -EINVAL, "are both " section,                        \
            SECTION(".data", sh_name, NAME(section)),                          \
            SECTION(".data", sh_size, SIZE_PLUS(section, 0))),                 \
        ROW(tag "_writable_and_executable", -EOPNOTSUPP,                       \
            section ": writable and executable",                               \
            SECTION(section, sh_flags, NUMBER(BOTH))),                         \
        ROW(tag "_aligned_to_3", -EOPNOTSUPP,                                  \
            "alignment 0x3 is no power of two",                                \
            SECTION(section, sh_addralign, NUMBER(3)))

/* And of records. */
#define RECORDS_ROWS(tag, section)                                             \
    SECTION_ROWS(tag, section, 0, "loaded: 3"),                                \
        ROW(tag "_executable", -EINVAL,                                        \
            section ": flags 0x6: must not be executable",                     \
            SECTION(section, sh_flags, NUMBER(SHF_ALLOC | SHF_EXECINSTR))),    \
        LOADS(tag "_writable",                                                 \
              SECTION(section, sh_flags, NUMBER(SHF_ALLOC | SHF_WRITE))),      \
        ROW(tag "_a_byte_short", -EINVAL, "bytes, expected a multiple of",     \
            SECTION(section, sh_size, SIZE_PLUS(section, -1))),                \
        ROW(tag "_a_byte_long", -EINVAL, "bytes, expected a multiple of",      \
            SECTION(section, sh_size, SIZE_PLUS(section, 1)))

/* Distance i of the section's first record leads elsewhere. */
#define INSTEAD(section, i, n)                                                 \
    RECORD_TYPE(".rela" section, i, NUMBER(R_X86_64_NONE)),                    \
        CONTENT(section, 4 * (i), 4, NUMBER(n))
#define NEAR_ROWS(tag, section, i, says, symbol)                               \
    ROW(tag "_in_the_hypervisor", -EINVAL, says,                               \
        RECORD_SYMBOL(".rela" section, i, INDEX_OF(symbol))),                  \
        ROW(tag "_8_mib_up", -EINVAL, says, INSTEAD(section, i, 0x7fffff)),    \
        ROW(tag "_8_mib_down", -EINVAL, says, INSTEAD(section, i, 0x800000))
#define FAR_ROWS(tag, section, i, says)                                        \
    NEAR_ROWS(tag, section, i, says, "printk"),                                \
        ROW(tag "_2_gib_up", -EINVAL, says, INSTEAD(section, i, INT32_MAX)),   \
        ROW(tag "_2_gib_down", -EINVAL, says, INSTEAD(section, i, INT32_MIN))

/* The record itself, or a string, instead of the payload's text. */
#define NO_TEXT_ROWS(tag, section, i, says)                                    \
    ROW(tag "_itself", -EINVAL, says, INSTEAD(section, i, 0)),                 \
        ROW(tag "_in_its_strings", -EINVAL, says,                              \
            RECORD_SYMBOL(".rela" section, i, NUMBER(2)))

#define BUG_ROWS(tag, kind, subject, symbol)                                   \
    RECORDS_ROWS(tag, ".bug_frames." kind),                                    \
        NEAR_ROWS(tag "_instruction", ".bug_frames." kind, 0,                  \
                  ".bug_frames." kind "[0]: instruction at", "printk"),        \
        NO_TEXT_ROWS(tag "_instruction", ".bug_frames." kind, 0,               \
                     ".bug_frames." kind "[0]: instruction at"),               \
        NEAR_ROWS(tag "_subject", ".bug_frames." kind, 1,                      \
                  ".bug_frames." kind "[0]: " subject " at", symbol),          \
        ROW(tag "_then_rubbish", -EINVAL, ".bug_frames." kind "[",             \
            SECTION(".bug_frames." kind, sh_size, NUMBER(160)))

#define ALTERNATIVE(field, ...)                                                \
    CONTENT(".altinstructions", field, 1, __VA_ARGS__)
#define FEATURE 8
#define ORIGINAL_BYTES 10
#define CODE_BYTES 11
#define PADDING_BYTES 12
#define HANDLED 13

/* The code is `bytes` bytes that lead to their own first one. */
#define ITSELF_ROW(tag, bytes, code)                                           \
    ROW(tag, -EINVAL, "byte 0 of its code is a call or jump to itself",        \
        RECORD_TYPE(".rela.altinstr_replacement", 0, NUMBER(R_X86_64_NONE)),   \
        ALTERNATIVE(CODE_BYTES, NUMBER(bytes)),                                \
        CONTENT(".altinstr_replacement", 0, 5, NUMBER(code)))

static const struct row rows[] = {
    BUG_ROWS("run_fn", "0", "function", "max_page"),
    BUG_ROWS("warn", "1", "file name", "printk"),
    BUG_ROWS("bug", "2", "file name", "printk"),
    BUG_ROWS("assert", "3", "file name", "printk"),
    FAR_ROWS("assert_claim", ".bug_frames.3", 2, ".bug_frames.3[0]: claim at"),
    NO_TEXT_ROWS("run_fn_subject", ".bug_frames.0", 1,
                 ".bug_frames.0[0]: function at"),
    ROW("warn_subject_in_text", -EINVAL, ".bug_frames.1[0]: file name at",
        RECORD_SYMBOL(".rela.bug_frames.1", 1, NUMBER(1))),
    ROW("assert_claim_in_text", -EINVAL, ".bug_frames.3[0]: claim at",
        RECORD_SYMBOL(".rela.bug_frames.3", 2, NUMBER(1))),
    ROW("run_fn_not_aligned", -EINVAL, "bug frames at",
        SECTION(".bug_frames.0", sh_addralign, NUMBER(1)),
        SECTION(".rodata.odd", sh_size, NUMBER(1))),

    RECORDS_ROWS("exceptions", ".ex_table"),
    FAR_ROWS("exception", ".ex_table", 0, ".ex_table[0]: from"),
    NO_TEXT_ROWS("exception", ".ex_table", 0, ".ex_table[0]: from"),
    FAR_ROWS("exception_goes_on", ".ex_table", 1, ".ex_table[0]: from"),
    NO_TEXT_ROWS("exception_goes_on", ".ex_table", 1, ".ex_table[0]: from"),
    ROW("exceptions_then_rubbish", -EINVAL, ".ex_table[",
        SECTION(".ex_table", sh_size, NUMBER(160))),

    RECORDS_ROWS("alternatives", ".altinstructions"),
    SECTION_ROWS("replacements", ".altinstr_replacement", -EINVAL,
                 ".altinstructions[0]: 5 bytes of code at"),
    FAR_ROWS("alternative", ".altinstructions", 0, ".altinstructions[0]: 6"),
    NO_TEXT_ROWS("alternative", ".altinstructions", 0,
                 ".altinstructions[0]: 6"),
    FAR_ROWS("alternative_code", ".altinstructions", 1,
             ".altinstructions[0]: 5 bytes of code at"),
    NO_TEXT_ROWS("alternative_code", ".altinstructions", 1,
                 ".altinstructions[0]: 5 bytes of code at"),
    ROW("alternatives_then_rubbish", -EINVAL, ".altinstructions[",
        SECTION(".altinstructions", sh_size, NUMBER(140))),
    ROW("alternative_longer_than_text", -EINVAL, ".altinstructions[0]: 256",
        ALTERNATIVE(ORIGINAL_BYTES, NUMBER(255))),
    ROW("alternative_padded_beyond_text", -EINVAL, ".altinstructions[0]: 260",
        ALTERNATIVE(PADDING_BYTES, NUMBER(255))),
    ROW("alternative_code_a_byte_longer", -EINVAL,
        ".altinstructions[0]: 6 bytes of code at",
        ALTERNATIVE(CODE_BYTES, NUMBER(6))),
    ROW("alternative_code_longer_than_its_place", -ENOSPC,
        "5 bytes of code for a place of 4",
        ALTERNATIVE(ORIGINAL_BYTES, NUMBER(3))),
    ROW("alternative_code_ends_within", -EOPNOTSUPP, "not known how to move e8",
        ALTERNATIVE(CODE_BYTES, NUMBER(4))),
    ROW("alternative_code_unknown", -EOPNOTSUPP, "not known how to move 06",
        CONTENT(".altinstr_replacement", 0, 1, NUMBER(0x06))),
    ROW("alternative_code_out_of_reach", -EOVERFLOW, "out of reach of",
        CONTENT(".altinstr_replacement", 0, 1, NUMBER(0xeb)),
        ALTERNATIVE(CODE_BYTES, NUMBER(2)),
        RECORD_TYPE(".rela.altinstr_replacement", 0, NUMBER(R_X86_64_NONE)),
        CONTENT(".altinstr_replacement", 1, 1, NUMBER(0x7f))),
    ROW("alternative_feature_unknown", -ERANGE, "feature 32767 of 1024",
        CONTENT(".altinstructions", FEATURE, 2, NUMBER(0x7fff))),
    ROW("alternative_feature_one_too_high", -ERANGE, "feature 1024 of 1024",
        CONTENT(".altinstructions", FEATURE, 2, NUMBER(1024))),
    ITSELF_ROW("alternative_that_calls_itself", 5, 0xfffffffbe8),
    ITSELF_ROW("alternative_that_jumps_to_itself", 5, 0xfffffffbe9),
    ITSELF_ROW("alternative_that_jumps_to_itself_shortly", 2, 0xfeeb),
    ROW("alternative_that_calls_its_place", -EINVAL,
        "byte 0 of its code is a call or jump to itself",
        RECORD_SYMBOL(".rela.altinstr_replacement", 0, NUMBER(1))),
    LOADS("alternative_that_loops",
          RECORD_TYPE(".rela.altinstr_replacement", 0, NUMBER(R_X86_64_NONE)),
          ALTERNATIVE(CODE_BYTES, NUMBER(2)),
          CONTENT(".altinstr_replacement", 0, 2, NUMBER(0xfee2))),
    ROW("alternative_over_an_executable_entry", -EINVAL,
        ".livepatch.funcs: flags 0x6: must not be executable",
        SECTION(".livepatch.funcs", sh_flags,
                NUMBER(SHF_ALLOC | SHF_EXECINSTR)),
        RECORD_SYMBOL(".rela.altinstructions", 0, NUMBER(3)),
        RECORD(".rela.altinstructions", 0, r_addend, NUMBER(8))),
    ROW("alternative_over_an_entry", -EINVAL, ".altinstructions[0]: 6 bytes",
        RECORD_SYMBOL(".rela.altinstructions", 0, NUMBER(3)),
        RECORD(".rela.altinstructions", 0, r_addend, NUMBER(8))),
    ROW("alternative_over_a_writable_entry", -EINVAL,
        ".altinstructions[0]: 6 bytes",
        SECTION(".livepatch.funcs", sh_flags, NUMBER(SHF_ALLOC | SHF_WRITE)),
        RECORD_SYMBOL(".rela.altinstructions", 0, NUMBER(3)),
        RECORD(".rela.altinstructions", 0, r_addend, NUMBER(8))),
    LOADS("alternative_negated",
          CONTENT(".altinstructions", FEATURE, 2, NUMBER(0x8000))),
    LOADS("alternative_handled", ALTERNATIVE(HANDLED, NUMBER(1))),
    LOADS("alternative_without_code", ALTERNATIVE(CODE_BYTES, NUMBER(0))),
};

TABLE(broken_code_rows, rows);
