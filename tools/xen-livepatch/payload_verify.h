/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Whether the loader would take a payload, and if not exactly why: every check
 * of it that can be made from outside. Takes a checked ELF view, adds findings,
 * changes nothing. What only the hypervisor knows (what is loaded, where it
 * puts the payload) is not looked at.
 */
#ifndef XEN_LIVEPATCH_PAYLOAD_VERIFY_H
#define XEN_LIVEPATCH_PAYLOAD_VERIFY_H

#include "findings.h"
#include "payload_elf.h"

/* The hypervisor to check against, as far as it is known. */
struct verify_target {
    struct build_id build_id;   /* not there: not compared */
    const struct elf_file *xen; /* xen-syms; NULL: no symbol is looked up */
    bool is_ours; /* this project's loader, which takes more relocations */
    const struct elf_file *below; /* payloads that will be loaded before */
    size_t nr_below;
};

/* What kind of ELF file, what kind of sections, what special sections. */
void verify_sections(const struct elf_file *elf, struct findings *findings);

/* Symbols, and the relocations that use them; the machine is known. */
void verify_links(const struct elf_file *elf,
                  const struct verify_target *target,
                  struct findings *findings);

/* The build-ids, and the functions to be replaced. */
void verify_contents(const struct elf_file *elf,
                     const struct verify_target *target,
                     struct findings *findings);

/* All of them, in this order. */
void payload_verify(const struct elf_file *elf,
                    const struct verify_target *target,
                    struct findings *findings);

#endif
