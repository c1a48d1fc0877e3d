/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where stock Xen's loader answers otherwise than this project's, for a
 * hypervisor that is stock Xen: three small tables, tried against Xen 4.17 with
 * the set of broken payloads (docs/testing.md). Nothing else of the tools knows
 * the difference. Why it is there: docs/errors.md.
 */
#ifndef TOOLS_LOADER_STOCK_H
#define TOOLS_LOADER_STOCK_H

#include "lib/elf_file.h"

struct course;
struct loader;
typedef void stock_refuse(struct course *course, int error, const char *text);

/* What stock Xen does about what this loader refuses. */
struct stock_other {
    const char *form; /* of the line that refuses it; loader_listener */
    const char *end;  /* how what stands behind the last "]: " of the line
                       * begins; NULL: anyhow */
    const char *deed; /* a sentence */
    bool is_taken;    /* and does not stand in the way of the upload */
};

/* NULL: it refuses it, too, with the same errno. `line` may lack its start. */
const struct stock_other *stock_find_other(const char *form, const char *line);

/* The table's row i; NULL: past the last. */
const struct stock_other *stock_other_at(size_t i);

/* What in the file stock Xen may not survive the upload of, as a sentence;
 * NULL: nothing. */
const char *stock_find_hazard(const void *bytes, size_t nr_bytes);

/* What this loader takes of the payload and stock Xen refuses, and with which
 * errno (negative). 0, or -ENOMEM: it is not known. */
int stock_tell_refused(const struct elf_file *elf, const struct loader *loader,
                       stock_refuse *refuse, struct course *course);

/* Turns the feature that all CPUs have from stock Xen's into `always`, this
 * project's, in a copy of the file's bytes. */
void stock_turn_features(const struct elf_file *elf, uint16_t always,
                         unsigned char *copy);

#endif
