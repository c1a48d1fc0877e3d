// SPDX-License-Identifier: GPL-2.0
/*
 * Headers of the sections that mean something to the loader: build-ids,
 * entries, metadata, all kinds of hooks.
 */
#include "rows.h"

#define BOTH (SHF_ALLOC | SHF_WRITE | SHF_EXECINSTR)

/* `missing`: what comes of it when the file has none of these. */
#define SPECIAL_ROWS(tag, section, missing, says_missing)                      \
    ROW(tag "_of_0_bytes", -EINVAL, section ": 0 bytes, expected",             \
        SECTION(section, sh_size, NUMBER(0))),                                 \
        ROW(tag "_of_max_bytes", -EINVAL, "in a file of",                      \
            SECTION(section, sh_size, NUMBER(MAX64))),                         \
        ROW(tag "_that_wraps", -EINVAL, "in a file of",                        \
            SECTION(section, sh_offset, NUMBER(4096)),                         \
            SECTION(section, sh_size, NUMBER(-4096))),                         \
        ROW(tag "_ends_a_byte_late", -EINVAL, "in a file of",                  \
            SECTION(section, sh_offset, FILE_PLUS(-7)),                        \
            SECTION(section, sh_size, NUMBER(8))),                             \
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
            SECTION(".data", sh_name, NAME(section))),                         \
        ROW(tag "_missing", missing, says_missing,                             \
            SECTION(section, sh_name, NAME(".data"))),                         \
        ROW(tag "_writable_and_executable", -EOPNOTSUPP,                       \
            section ": writable and executable",                               \
            SECTION(section, sh_flags, NUMBER(BOTH))),                         \
        ROW(tag "_executable", -EINVAL,                                        \
            section ": flags 0x6: must not be executable",                     \
            SECTION(section, sh_flags, NUMBER(SHF_ALLOC | SHF_EXECINSTR))),    \
        LOADS(tag "_writable",                                                 \
              SECTION(section, sh_flags, NUMBER(SHF_ALLOC | SHF_WRITE))),      \
        ROW(tag "_aligned_to_3", -EOPNOTSUPP,                                  \
            "alignment 0x3 is no power of two",                                \
            SECTION(section, sh_addralign, NUMBER(3))),                        \
        ROW(tag "_aligned_to_two_pages", -EOPNOTSUPP,                          \
            section ": alignment 0x2000",                                      \
            SECTION(section, sh_addralign, NUMBER(8192)))

#define MANDATORY_ROWS(tag, section)                                           \
    SPECIAL_ROWS(tag, section, -EINVAL, "section " section " is missing")
#define HOOK_ROWS(tag)                                                         \
    SPECIAL_ROWS(tag "_hooks", ".livepatch.hooks." tag, 0, "loaded: 3")

static const struct row rows[] = {
    MANDATORY_ROWS("xen_depends", ".livepatch.xen_depends"),
    MANDATORY_ROWS("depends", ".livepatch.depends"),
    MANDATORY_ROWS("build_id", ".note.gnu.build-id"),
    SPECIAL_ROWS("funcs", ".livepatch.funcs", 0, "loaded: 0 functions"),
    SPECIAL_ROWS("modinfo", ".modinfo", 0, "loaded: 3"),
    HOOK_ROWS("load"),
    HOOK_ROWS("unload"),
    HOOK_ROWS("preapply"),
    HOOK_ROWS("apply"),
    HOOK_ROWS("postapply"),
    HOOK_ROWS("prerevert"),
    HOOK_ROWS("revert"),
    HOOK_ROWS("postrevert"),
};

TABLE(broken_special_rows, rows);
