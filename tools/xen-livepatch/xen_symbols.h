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
 * Where the symbol `name` is. A static function of Xen is named
 * "common/file.c#name"; a plain name finds static ones too, which is more than
 * the loader finds.
 */
enum symbol_place xen_symbols_find(const struct elf_file *xen,
                                   const char *name);

#endif
