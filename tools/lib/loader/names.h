/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The names that the hypervisor knows, out of the symbol table of xen-syms.
 */
#ifndef TOOLS_LOADER_NAMES_H
#define TOOLS_LOADER_NAMES_H

#include "lib/elf_file.h"

struct name {
    uint64_t address; /* as linked */
    const char *text;
    uint32_t symbol; /* its index in the symbol table */
};

struct names {
    char *texts;
    struct name *by_address;
    struct name *by_text;
    size_t nr;
};

/* 0, or -ENOMEM with nothing in *names. */
int names_read(const struct elf_file *xen, struct names *names);
void names_free(struct names *names);

/* NULL: there is none. */
const struct name *names_find(const struct names *names, const char *text);

/* The last at or before an address; NULL. */
const struct name *names_before(const struct names *names, uint64_t address);

/* Where it ends: at the next one with another address, or at `end`. */
uint64_t names_end_of(const struct names *names, const struct name *name,
                      uint64_t end);

#endif
