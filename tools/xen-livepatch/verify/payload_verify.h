/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Whether the loader would take a payload, and if not exactly why: every check
 * of it that can be made from outside. Takes a checked ELF view, adds findings,
 * changes nothing. What only the hypervisor knows (what is loaded, where it
 * puts the payload) is not looked at.
 */
#ifndef XEN_LIVEPATCH_PAYLOAD_VERIFY_H
#define XEN_LIVEPATCH_PAYLOAD_VERIFY_H

#include <stdbool.h>

#include "lib/payload_elf.h"
#include "lib/payload_exports.h"
#include "screen/findings.h"

/* The hypervisor to check against, as far as it is known. */
struct verify_target {
    struct build_id build_id;   /* not there: not compared */
    const struct elf_file *xen; /* xen-syms; NULL: no symbol is looked up */
    bool is_ours; /* this project's loader, which takes more relocations */
    const struct elf_file *below; /* payloads that will be loaded before */
    const struct payload_exports *below_exports; /* of each of them */
    size_t nr_below;
    uint16_t machine; /* EM_NONE: not known */
};

/* What kind of ELF file, what kind of sections, what special sections. */
void verify_sections(const struct elf_file *elf,
                     const struct verify_target *target,
                     struct findings *findings);

/* Whether one of the payloads below has a symbol of that name for others. */
bool verify_is_below(const struct verify_target *target, const char *name);

/* Symbols: that they have addresses, and that their names are free. */
void verify_symbols(const struct elf_file *elf,
                    const struct verify_target *target,
                    struct findings *findings);

/* The relocations; the machine is known. */
void verify_links(const struct elf_file *elf,
                  const struct verify_target *target,
                  struct findings *findings);

/* Build-ids, metadata and hooks. */
void verify_contents(const struct elf_file *elf,
                     const struct verify_target *target,
                     struct findings *findings);

/* The functions to be replaced, and those that replace them. */
void verify_functions(const struct elf_file *elf,
                      const struct verify_target *target,
                      struct findings *findings);

/* Bug frames, exception table, alternatives; those of x86-64. */
void verify_special(const struct elf_file *elf,
                    const struct verify_target *target,
                    struct findings *findings);

/* All of them, in this order. */
void payload_verify(const struct elf_file *elf,
                    const struct verify_target *target,
                    struct findings *findings);

#endif
