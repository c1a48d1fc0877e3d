/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The sections of a payload that mean something to the loader: a table of
 * their names and shapes, and which section of a file each one is.
 */
#ifndef LP_SECTIONS_H
#define LP_SECTIONS_H

#include "elf.h"
#include "payload.h"

enum lp_section {
    LP_SECTION_XEN_DEPENDS, /* .livepatch.xen_depends */
    LP_SECTION_DEPENDS,     /* .livepatch.depends */
    LP_SECTION_BUILD_ID,    /* .note.gnu.build-id */
    LP_SECTION_FUNCS,       /* .livepatch.funcs */
    LP_SECTION_MODINFO,     /* .modinfo */
    LP_SECTION_HOOKS,       /* .livepatch.hooks.*, in enum lp_hook's order */
    LP_SECTION_HOOKS_LAST = LP_SECTION_HOOKS + LP_HOOK_NR - 1,
    LP_SECTION_BUGS, /* .bug_frames.*, in enum bug_kind's order */
    LP_SECTION_BUGS_LAST = LP_SECTION_BUGS + BUGFRAME_NR - 1,
    LP_SECTION_EX_TABLE,          /* .ex_table */
    LP_SECTION_ALTERNATIVES,      /* .altinstructions */
    LP_SECTION_ALTERNATIVE_CODE,  /* .altinstr_replacement */
    LP_SECTION_ALTERNATIVE_CALLS, /* .alt_call_sites */
    LP_SECTION_NR
};

struct lp_sections {
    uint32_t index[LP_SECTION_NR]; /* 0: the file has none, or an empty one */
};

/*
 * Finds the sections of the table and checks presence, flags, type and size.
 *   -EINVAL      a mandatory one is missing, or all of entries and hooks are;
 *                one is present twice, not loaded, without bytes, or not a
 *                multiple of its entries; a note, entries, hooks or metadata
 *                are empty; data of the table is executable
 *   -EOPNOTSUPP  a section with content that means nothing on this
 *                architecture, or that is loaded and has a name of
 *                refused_sections.def
 */
int lp_sections_find(const struct lp_elf *elf,
                     struct lp_sections *sections) __must_check;

/* True when section `index`, not 0, is one of the table that holds no code: it
 * is the loader's to write, and nobody else's. */
/*@ requires \valid_read(sections);
    assigns \nothing;
 */
bool lp_sections_is_data(const struct lp_sections *sections, uint32_t index);

const char *lp_sections_name(enum lp_section section);

#endif
