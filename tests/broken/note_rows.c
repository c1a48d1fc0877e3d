// SPDX-License-Identifier: GPL-2.0
/*
 * The three build-ids: a note's lengths, type and owner, and the metadata,
 * which is bytes to the loader, too.
 */
#include "rows.h"

/* Of a note of 36 bytes. */
#define NAME_BYTES 0
#define ID_BYTES 4
#define TYPE 8
#define OWNER 12

#define NOTE_ROWS(tag, section)                                                \
    ROW(tag "_name_of_0_bytes", -EINVAL,                                       \
        section ": a note's owner of 0 bytes",                                 \
        CONTENT(section, NAME_BYTES, 4, NUMBER(0))),                           \
        ROW(tag "_name_of_3_bytes", -EINVAL,                                   \
            section ": a note's owner of 3 bytes, 47 4e 55, exp",              \
            CONTENT(section, NAME_BYTES, 4, NUMBER(3))),                       \
        ROW(tag "_name_of_5_bytes", -EINVAL,                                   \
            section ": name of 5 and id of 20",                                \
            CONTENT(section, NAME_BYTES, 4, NUMBER(5))),                       \
        ROW(tag "_name_of_max_bytes", -EINVAL, section ": name of 4294967295", \
            CONTENT(section, NAME_BYTES, 4, NUMBER(MAX32))),                   \
        ROW(tag "_name_that_wraps", -EINVAL, section ": name of 4294967292",   \
            CONTENT(section, NAME_BYTES, 4, NUMBER(-4))),                      \
        ROW(tag "_id_of_0_bytes", -EINVAL, section ": name of 4 and id of 0",  \
            CONTENT(section, ID_BYTES, 4, NUMBER(0))),                         \
        ROW(tag "_id_a_byte_too_long", -EINVAL,                                \
            section ": name of 4 and id of 21",                                \
            CONTENT(section, ID_BYTES, 4, NUMBER(21))),                        \
        ROW(tag "_id_of_max_bytes", -EINVAL,                                   \
            section ": name of 4 and id of 42949",                             \
            CONTENT(section, ID_BYTES, 4, NUMBER(MAX32))),                     \
        ROW(tag "_id_that_wraps_with_its_name", -EINVAL, section ": name of",  \
            CONTENT(section, NAME_BYTES, 4, NUMBER(1U << 31)),                 \
            CONTENT(section, ID_BYTES, 4, NUMBER(1U << 31))),                  \
        ROW(tag "_of_type_0", -EINVAL, section ": note of type 0, expected 3", \
            CONTENT(section, TYPE, 4, NUMBER(0))),                             \
        ROW(tag "_of_type_max", -EINVAL,                                       \
            section ": note of type 4294967295, expected",                     \
            CONTENT(section, TYPE, 4, NUMBER(MAX32))),                         \
        ROW(tag "_of_another_owner", -EINVAL,                                  \
            section ": a note's owner of 4 bytes, 58 65 6e 00",                \
            CONTENT(section, OWNER, 4, NUMBER(0x006e6558))),                   \
        ROW(tag "_owner_without_end", -EINVAL,                                 \
            section ": a note's owner of 4 bytes, 47 4e 55 78",                \
            CONTENT(section, OWNER + 3, 1, NUMBER('x'))),                      \
        ROW(tag "_of_a_byte", -EINVAL, section ": 1 bytes hold no note",       \
            SECTION(section, sh_size, NUMBER(1))),                             \
        ROW(tag "_of_a_header", -EINVAL, section ": 12 bytes hold no note",    \
            SECTION(section, sh_size, NUMBER(12))),                            \
        ROW(tag "_of_a_header_and_owner", -EINVAL,                             \
            section ": name of 4 and id of",                                   \
            SECTION(section, sh_size, NUMBER(16))),                            \
        ROW(tag "_a_byte_short", -EINVAL,                                      \
            section ": name of 4 and id of 20 bytes",                          \
            SECTION(section, sh_size, NUMBER(35)))

static const struct row rows[] = {
    NOTE_ROWS("xen_depends", ".livepatch.xen_depends"),
    NOTE_ROWS("depends", ".livepatch.depends"),
    NOTE_ROWS("build_id", ".note.gnu.build-id"),

    ROW("xen_depends_other_id", -EINVAL,
        "built for the hypervisor with build-id",
        CONTENT(".livepatch.xen_depends", 16, 1, OLD_PLUS(1))),
    ROW("xen_depends_other_last_byte", -EINVAL, "built for the hypervisor with",
        CONTENT(".livepatch.xen_depends", 35, 1, OLD_PLUS(1))),
    ROW("xen_depends_beginning_of_id", -EINVAL, "built for the hypervisor with",
        CONTENT(".livepatch.xen_depends", ID_BYTES, 4, NUMBER(19))),
    ROW("xen_depends_of_1_byte", -EINVAL, "built for the hypervisor with",
        CONTENT(".livepatch.xen_depends", ID_BYTES, 4, NUMBER(1))),
    ROW("xen_depends_over_the_file", -EINVAL, "...,",
        SECTION(".livepatch.xen_depends", sh_size, NUMBER(1000)),
        CONTENT(".livepatch.xen_depends", ID_BYTES, 4, NUMBER(984))),
    LOADS("depends_other_id",
          CONTENT(".livepatch.depends", 16, 1, OLD_PLUS(1))),
    LOADS("build_id_of_1_byte",
          CONTENT(".note.gnu.build-id", ID_BYTES, 4, NUMBER(1))),
    LOADS("build_id_of_1000_bytes",
          SECTION(".note.gnu.build-id", sh_size, NUMBER(1016)),
          CONTENT(".note.gnu.build-id", ID_BYTES, 4, NUMBER(1000))),

    ROW("modinfo_without_end", -EINVAL, ".modinfo: last of 19 bytes is 0x74",
        SECTION(".modinfo", sh_size, OLD_PLUS(-1))),
    ROW("modinfo_of_a_letter", -EINVAL, ".modinfo: last of 1 bytes is 0x63",
        SECTION(".modinfo", sh_size, NUMBER(1))),
    LOADS("modinfo_of_a_nul", CONTENT(".modinfo", 0, 1, NUMBER(0)),
          SECTION(".modinfo", sh_size, NUMBER(1))),
    LOADS("modinfo_of_control_characters",
          CONTENT(".modinfo", 0, 8, NUMBER(0x1b0a0d080701ff1b))),
};

TABLE(broken_note_rows, rows);
