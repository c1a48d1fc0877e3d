/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Bytes that a payload expects where xen-syms does not tell what there is:
 * these are taken to be as expected.
 */
#ifndef TOOLS_LOADER_EXPECTATION_H
#define TOOLS_LOADER_EXPECTATION_H

#include "lib/payload_elf.h"

/* Whose text it is. */
struct expectation_place {
    /* The function's address as mapped; 0: there is none. */
    uintptr_t (*find)(const struct payload_func *func);
    /* Whether what stands at a mapped address is not known. */
    bool (*is_unknown)(uintptr_t address);
    /* Told once for each entry of which that is so. */
    void (*tell)(const char *name, const struct payload_func *func);
};

/* Puts what the payload's entries expect at unknown places there. */
void expectation_take(const char *name, const struct elf_file *elf,
                      const struct expectation_place *place);

#endif
