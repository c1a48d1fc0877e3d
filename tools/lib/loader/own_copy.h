/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload file's bytes as the loader is given them: those of the file, with
 * the hypervisor's addresses that the file itself states turned to where they
 * are here.
 */
#ifndef TOOLS_LOADER_OWN_COPY_H
#define TOOLS_LOADER_OWN_COPY_H

#include "lib/elf_file.h"
#include "lib/loader/image.h"

/* Of the file's bytes, of which *elf is a view, or has no bytes when none could
 * be made. Memory that the caller frees, or NULL: there is none. */
void *own_copy_make(const void *bytes, size_t nr_bytes,
                    const struct elf_file *elf, const struct image *image);

#endif
