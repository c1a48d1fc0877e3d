/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The plan of a payload's memory: which sections are loaded, in which region
 * (text, writable data, read-only data) and at which offset. Computes only;
 * image.c turns a plan into memory.
 */
#ifndef LP_LAYOUT_H
#define LP_LAYOUT_H

#include "layout_view.h"
#include "sections.h"

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
/*@ requires is_checked(elf) && \valid_read(sections) && \valid(layout);
    requires \separated(layout, elf, sections);
    ensures \result == 0 ==> is_plan(elf, layout);
 */
int lp_layout_plan(const struct lp_elf *elf, const struct lp_sections *sections,
                   uint32_t got_slots, struct lp_layout *layout) __must_check;

void lp_layout_discard(struct lp_layout *layout);

/*@ requires has_offsets(layout);
    assigns \nothing;
    ensures \result <==> is_placed(layout, section);
 */
static inline bool lp_layout_is_placed(const struct lp_layout *layout,
                                       uint32_t section)
{
    return section < layout->nr_sections &&
           layout->section_offset[section] != LP_NOT_PLACED;
}

#endif
