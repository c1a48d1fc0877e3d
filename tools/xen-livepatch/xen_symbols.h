/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hypervisor's symbols, as its loader would find them, out of the file
 * xen-syms.
 */
#ifndef XEN_LIVEPATCH_XEN_SYMBOLS_H
#define XEN_LIVEPATCH_XEN_SYMBOLS_H

#include "elf_file.h"

enum symbol_place {
    SYMBOL_UNKNOWN, /* no such symbol */
    SYMBOL_IN_INIT, /* gone after boot */
    SYMBOL_PRESENT,
};

/*
 * Where the symbol `name` is, and in *found the symbol, unless it is unknown. A
 * static function of Xen is named
 * "common/file.c#name"; a plain name finds static ones too, which is more than
 * the loader finds.
 */
enum symbol_place xen_symbols_find(const struct elf_file *xen, const char *name,
                                   Elf64_Sym *found);

/* The first bytes at a symbol; NULL when the file does not have so many. */
const unsigned char *xen_symbols_bytes(const struct elf_file *xen,
                                       const Elf64_Sym *symbol,
                                       size_t nr_bytes);

/* Whether the live patching in it is this project's: it has a folder of its own
 * where Xen has a file. */
bool xen_symbols_are_ours(const struct elf_file *xen);

/* The lowest address of the hypervisor's image. */
uint64_t xen_symbols_start(const struct elf_file *xen);

#endif
