/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the tools of arm64 made of reference/: an object file and what it was
 * linked to, in memory. They know the instruction set and its relocations
 * better than a table that is typed in.
 */
#ifndef TEST_REFERENCE_H
#define TEST_REFERENCE_H

#include "host/test.h"

#define REFERENCE(name)                                                        \
    extern const uint8_t reference_##name[], reference_##name##_end[]

REFERENCE(relocations);
REFERENCE(low);
REFERENCE(high);
REFERENCE(negative);
REFERENCE(alternatives);
REFERENCE(encodings);
REFERENCE(payload);

/* A copy, to be freed with payload_file_free(). */
#define copy_reference(name)                                                   \
    make_reference_copy(reference_##name, reference_##name##_end)
struct payload_file make_reference_copy(const uint8_t *from, const uint8_t *to);

/* The symbol of that name in an object file or what it was linked to; fails the
 * test when there is none. */
const Elf_Sym *reference_symbol(const struct payload_file *file,
                                const char *name);

#endif
