/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The plan of a payload's memory, and what is true of it: the promises that
 * layout.c proves and that everyone relies on who writes into an image.
 */
#ifndef LP_LAYOUT_VIEW_H
#define LP_LAYOUT_VIEW_H

#include <xen/mm.h>

#include "elf.h"
#include "payload.h"

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

/*@ predicate has_offsets{L}(struct lp_layout *layout) =
      \valid_read(layout) &&
      \valid_read(layout->section_offset + (0 .. layout->nr_sections - 1));
    predicate is_placed{L}(struct lp_layout *layout, integer section) =
      section < layout->nr_sections &&
      layout->section_offset[section] != LP_NOT_PLACED;

    // no section that is loaded is aligned to more than a page
    predicate can_be_placed{L}(struct lp_elf *elf, integer n) =
      \forall integer i; 1 <= i < n ==>
        (section_at(elf, i).sh_flags & SHF_ALLOC) != 0 ==>
          section_at(elf, i).sh_addralign <= PAGE_SIZE;
    predicate can_be_laid_out{L}(struct lp_elf *elf) =
      has_sections(elf) && can_be_placed(elf, elf->nr_sections);

    // each that is placed ends there, and begins as it is aligned
    predicate sections_lie_below{L}(struct lp_elf *elf,
                                    struct lp_layout *layout, integer end) =
      \forall integer i; 0 <= i < elf->nr_sections ==>
        layout->section_offset[i] != LP_NOT_PLACED ==>
          layout->section_offset[i] + section_at(elf, i).sh_size <= end &&
          is_multiple(layout->section_offset[i],
                      section_at(elf, i).sh_addralign);

    // the first n, each of whole pages behind the last one
    predicate regions_lie_below{L}(struct lp_layout *layout, integer n,
                                   integer end) =
      \forall integer r; 0 <= r < n ==>
        is_multiple(layout->region[r].offset, PAGE_SIZE) &&
        layout->region[r].offset + layout->region[r].bytes <= end &&
        (0 < r ==> layout->region[r - 1].offset +
          layout->region[r - 1].bytes <= layout->region[r].offset);
    predicate are_regions_placed{L}(struct lp_layout *layout, integer n) =
      is_multiple(layout->total_bytes, PAGE_SIZE) &&
      regions_lie_below(layout, n, layout->total_bytes);
    predicate has_got{L}(struct lp_layout *layout) = layout->got_slots != 0 ==>
      layout->region[LP_RODATA].offset <= layout->got_offset &&
      is_multiple(layout->got_offset, 8) &&
      layout->got_offset + 8 * layout->got_slots <=
        layout->region[LP_RODATA].offset + layout->region[LP_RODATA].bytes;

    predicate is_plan{L}(struct lp_elf *elf, struct lp_layout *layout) =
      layout->nr_sections == elf->nr_sections && has_offsets(layout) &&
      sections_lie_below(elf, layout, layout->total_bytes) &&
      are_regions_placed(layout, LP_REGION_NR) &&
      has_got(layout);
 */

#endif
