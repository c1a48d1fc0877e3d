/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hypervisor's symbols, as its loader would find them, out of the file
 * xen-syms.
 */
#ifndef XEN_LIVEPATCH_XEN_SYMBOLS_H
#define XEN_LIVEPATCH_XEN_SYMBOLS_H

#include "lib/elf_file.h"
#include "lib/payload_file.h"

/*
 * Read and check the file `path`, at most 1 GiB. Gives 0, or a negative errno
 * after a message on `err`; the caller frees *file, which *xen points into,
 * either way.
 */
int xen_symbols_open(const char *path, struct payload_file *file,
                     struct elf_file *xen, FILE *err);

enum symbol_place {
    SYMBOL_UNKNOWN, /* no such symbol */
    SYMBOL_IN_INIT, /* gone after boot */
    SYMBOL_PRESENT,
};

/*
 * Where the symbol `name` is, and in *found the symbol, unless it is unknown. A
 * static function of Xen is named "common/file.c#name".
 */
enum symbol_place xen_symbols_find(const struct elf_file *xen, const char *name,
                                   Elf64_Sym *found);

/* Whether so many bytes from the address on are text that stays after boot. */
bool xen_symbols_is_text(const struct elf_file *xen, uint64_t address,
                         uint64_t nr_bytes);

/* Whether one of so many bytes from the address on runs while text is changed,
 * as far as the hypervisor marks that (this project's does). */
bool xen_symbols_is_patching_path(const struct elf_file *xen, uint64_t address,
                                  uint64_t nr_bytes);

/* So many bytes at an address; NULL when the file does not have them. */
const unsigned char *xen_symbols_bytes(const struct elf_file *xen,
                                       uint64_t address, size_t nr_bytes);

/* Whether the live patching in it is this project's: it has a folder of its own
 * where Xen has a file. */
bool xen_symbols_are_ours(const struct elf_file *xen);

/* Whether this project's live patching in it takes bug frames, exception tables
 * and alternatives in payloads, which its first builds did not. */
bool xen_symbols_take_special(const struct elf_file *xen);

/* Whether its loader, this project's, takes alternative calls. */
bool xen_symbols_take_calls(const struct elf_file *xen);

/* The lowest address of the hypervisor's image. */
uint64_t xen_symbols_start(const struct elf_file *xen);

#endif
