/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The tables that tell of text, entry by entry: which code is exchanged when
 * the hypervisor starts, where it may fault, where a bug is reported. An entry
 * belongs to the function whose text its first reference leads to. How long an
 * entry is comes from its relocations and not from a number that another
 * release of Xen may have changed.
 */
#ifndef BUILDER_SPECIAL_H
#define BUILDER_SPECIAL_H

#include "model/object.h"

struct special {
    const char *section;   /* exactly */
    uint8_t nr_references; /* of an entry; 0: `entry_bytes` says it */
    uint8_t entry_bytes;   /* when no number of references does */
    bool is_bug_frame;     /* fields count from the entry's start */
    /* Where in an entry a piece of text is told of, and its length: 0, or the
     * offset of a byte. */
    uint8_t snippet_field, snippet_length;
};

/* NULL: an ordinary section. */
const struct special *special_of(const struct object *object,
                                 const struct section *section);

/* Of text that only entries lead to; also one of no bytes, which entries that
 * have nothing to put in lead to. */
bool special_is_snippets(const struct section *section);

/* What is dropped by the linker, or tells of nothing that is loaded. */
bool special_is_ignored(const struct section *section);

/* Bytes of an entry. 0 after a message: the table is not made of equal ones. */
uint64_t special_entry_bytes(const struct object *object,
                             const struct section *section, FILE *err);

#endif
