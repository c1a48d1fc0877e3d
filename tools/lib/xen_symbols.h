/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The file xen-syms of a hypervisor's build. Its names: loader/names.h.
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

/* Whether the live patching in it is this project's: it has a folder of its own
 * where Xen has a file. */
bool xen_symbols_are_ours(const struct elf_file *xen);

#endif
