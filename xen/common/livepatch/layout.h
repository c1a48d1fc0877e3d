/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The plan of a payload's memory: which sections are loaded, in which region
 * (text, writable data, read-only data) and at which offset. Computes only;
 * image.c turns a plan into memory.
 */
#ifndef LP_LAYOUT_H
#define LP_LAYOUT_H

#include "elf.h"
#include "payload.h"
#include "sections.h"

/* The offset of a section that is not loaded. */
#define LP_NOT_PLACED SIZE_MAX

struct lp_layout {
    uint32_t nr_sections;
    size_t *section_offset; /* from the image's base, or LP_NOT_PLACED */
    struct {
        size_t offset; /* page aligned */
        size_t bytes;
    } region[LP_REGION_NR];
    size_t got_offset; /* of got_slots words in the read-only region */
    uint32_t got_slots;
    size_t total_bytes;    /* whole pages, more than 0 */
    bool has_private_data; /* writable data */
};

/*
 * Places every SHF_ALLOC section of elf: regions in the order text, writable,
 * read-only, each on a page of its own; data that the loader reads
 * (lp_sections_is_data()) in the read-only one, whatever its flags; within a
 * region in file order, each section at its alignment, empty ones too; behind
 * the read-only sections got_slots words.
 *
 *   -EOPNOTSUPP  a section both writable and executable, thread-local,
 *                compressed, or aligned to more than a page
 *   -EINVAL      no section is loaded at all
 *   -ENOMEM
 *
 * On success *layout is the caller's, to be given to lp_layout_discard().
 */
int lp_layout_plan(const struct lp_elf *elf, const struct lp_sections *sections,
                   uint32_t got_slots, struct lp_layout *layout) __must_check;

void lp_layout_discard(struct lp_layout *layout);

static inline bool lp_layout_is_placed(const struct lp_layout *layout,
                                       uint32_t section)
{
    return section < layout->nr_sections &&
           layout->section_offset[section] != LP_NOT_PLACED;
}

#endif
