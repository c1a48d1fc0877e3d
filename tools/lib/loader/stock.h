/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where stock Xen's loader answers otherwise than this project's, for a
 * hypervisor that is stock Xen. Nothing else of the tools knows the difference.
 * Why it is there: docs/errors.md.
 */
#ifndef TOOLS_LOADER_STOCK_H
#define TOOLS_LOADER_STOCK_H

#include "lib/elf_file.h"

struct course;
struct loader;
typedef void stock_tell(struct course *course, const char *note);
typedef void stock_refuse(struct course *course, int error, const char *text);

/* Whether stock Xen takes what this loader refuses in these words. */
bool stock_takes(const char *refusal);

/* What this loader refuses in these words and stock Xen takes. Nothing when xen
 * is NULL or this project's. */
void stock_tell_taken(const struct elf_file *xen, const char *refusal,
                      stock_tell *tell, struct course *course);

/* What this loader takes of the payload and stock Xen refuses, and with which
 * errno (negative). 0, or -ENOMEM: it is not known. */
int stock_tell_refused(const struct elf_file *xen, const struct elf_file *elf,
                       const struct loader *loader, stock_refuse *refuse,
                       struct course *course);

#endif
