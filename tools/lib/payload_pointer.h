/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Pointers in the sections of a relocatable payload: where each one will lead
 * once the payload is loaded, as far as the file alone tells. Takes a checked
 * ELF view; judges nothing.
 */
#ifndef XEN_LIVEPATCH_PAYLOAD_POINTER_H
#define XEN_LIVEPATCH_PAYLOAD_POINTER_H

#include "lib/elf_file.h"

enum pointer_kind {
    POINTER_NULL,
    POINTER_ADDRESS, /* `value` itself */
    POINTER_INSIDE,  /* byte `value` of section `section`, which is loaded */
    POINTER_OUTSIDE, /* `value` bytes behind symbol `name` of somebody else */
    POINTER_UNKNOWN, /* its relocation cannot be resolved */
};

struct payload_pointer {
    enum pointer_kind kind;
    uint32_t section;
    uint64_t value;
    const char *name;
};

/*
 * The pointer in the 8 bytes at `offset` of section `index`, which lie in the
 * section and in the file.
 */
struct payload_pointer payload_pointer_at(const struct elf_file *elf,
                                          uint32_t index, uint64_t offset);

/* The string that it leads to; NULL when that is none of the payload's, or does
 * not end within STRING_BYTES_MAX bytes, as the name of a function does. */
#define STRING_BYTES_MAX 4096U
const char *payload_pointer_string(const struct elf_file *elf,
                                   const struct payload_pointer *pointer);

#endif
