/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Addresses for the names that a payload wants of a hypervisor of which nothing
 * is known: each a slot of its own.
 */
#ifndef TOOLS_LOADER_STAND_IN_H
#define TOOLS_LOADER_STAND_IN_H

#include "lib/elf_file.h"

/* From one name's address to the next one's. */
#define STAND_IN_BYTES 0x4000U

struct stand_in {
    void *root; /* of a tree of names (tsearch) */
    uint64_t nr;
};

/* Takes up the payload's undefined symbols and the names of its entries. 0, or
 * -ENOMEM. */
int stand_in_add(struct stand_in *stand_in, const struct elf_file *elf);
void stand_in_free(struct stand_in *stand_in);

/* The number of the name's slot; -1: it was not taken up. */
int64_t stand_in_find(const struct stand_in *stand_in, const char *name);

#endif
