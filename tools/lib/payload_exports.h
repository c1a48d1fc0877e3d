/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The names that a payload adds to those that loaders look up: other payloads
 * can refer to them, and no two payloads may have the same one. Takes a checked
 * ELF view; the names stay the file's.
 */
#ifndef XEN_LIVEPATCH_PAYLOAD_EXPORTS_H
#define XEN_LIVEPATCH_PAYLOAD_EXPORTS_H

#include "lib/elf_file.h"

struct payload_exports {
    const char **names; /* in the order of strcmp() */
    size_t nr;
};

/*
 * Fill *exports as this project's loader sees them (global and weak symbols) or
 * as stock Xen's does (local ones and those of .livepatch sections too). What
 * stands for an old function is none of them. Gives 0, or -ENOMEM with no names
 * in *exports.
 */
int payload_exports_find(const struct elf_file *elf, bool is_ours,
                         struct payload_exports *exports);
bool payload_exports_has(const struct payload_exports *exports,
                         const char *name);
void payload_exports_free(struct payload_exports *exports);

#endif
