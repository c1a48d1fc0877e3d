// SPDX-License-Identifier: GPL-2.0
/*
 * Places sections one region after the other. A worked example: .text (AX,
 * 0x30 bytes, aligned 16), .rodata (A, 5, 1), .data (WA, 8, 8) and .bss (WA,
 * 4096, 32) give
 *
 *     0x0000 text   .text
 *     0x1000 rw     .data, .bss at 0x1020
 *     0x3000 rodata .rodata
 *     0x4000 total
 */
#include "layout.h"

#include <xen/errno.h>
#include <xen/mm.h>
#include <xen/xmalloc.h>

#include "log.h"

/* What a section takes is no more than a file, or than that of NOBITS, and up
 * to a page to align it; a region has such sections, and the GOT. */
#define MOST_SECTION_BYTES (LP_ELF_MAX_BYTES + PAGE_SIZE)
#define MOST_REGION_BYTES (1UL << 60)

/* What the loader reads is never writable, whatever the file says. */
/*@ requires \valid_read(sections) && \valid_read(section);
    assigns \nothing;
    ensures LP_TEXT <= \result < LP_REGION_NR;
 */
static enum lp_region region_of(const struct lp_sections *sections,
                                uint32_t index, const Elf_Shdr *section)
{
    if (lp_sections_is_data(sections, index)) {
        return LP_RODATA;
    }
    if (section->sh_flags & SHF_EXECINSTR) {
        return LP_TEXT;
    }
    return section->sh_flags & SHF_WRITE ? LP_RW : LP_RODATA;
}

/*@ requires has_sections(elf) && index < elf->nr_sections;
    assigns \nothing;
    ensures \result <==> index != 0 &&
      (section_at(elf, index).sh_flags & SHF_ALLOC) != 0;
 */
static bool is_loaded(const struct lp_elf *elf, uint32_t index)
{
    return index != SHN_UNDEF &&
           (lp_elf_section(elf, index).sh_flags & SHF_ALLOC);
}

/*@ requires \valid_read(elf) && \valid_read(section);
    requires string(elf->section_names + section->sh_name);
    assigns \nothing;
    ensures \result == 0 ==> section->sh_addralign <= PAGE_SIZE;
 */
static int check_loadable(const struct lp_elf *elf, const Elf_Shdr *section)
{
    const char *name = lp_elf_section_name(elf, section);

    if ((section->sh_flags & SHF_WRITE) &&
        (section->sh_flags & SHF_EXECINSTR)) {
        lp_err(elf->payload, "%s: writable and executable", name);
        return -EOPNOTSUPP;
    }
    if (section->sh_flags & (SHF_TLS | SHF_COMPRESSED)) {
        lp_err(elf->payload,
               "%s: flags %#lx: thread-local or compressed data cannot be "
               "loaded",
               name, section->sh_flags);
        return -EOPNOTSUPP;
    }
    if (section->sh_addralign > PAGE_SIZE) {
        lp_err(elf->payload, "%s: alignment %#lx, at most %#lx", name,
               section->sh_addralign, (unsigned long)PAGE_SIZE);
        return -EOPNOTSUPP;
    }
    return 0;
}

/*@ requires can_be_laid_out(elf) && \valid_read(sections) && \valid(layout);
    requires \valid(layout->section_offset + (0 .. elf->nr_sections - 1));
    requires \separated(layout, layout->section_offset +
                        (0 .. elf->nr_sections - 1), elf, sections);
    requires LP_TEXT <= region < LP_REGION_NR;
    requires layout->total_bytes <= region * MOST_REGION_BYTES;
    requires sections_lie_below(elf, layout, layout->total_bytes);
    requires are_regions_placed(layout, region);
    assigns layout->region[region], layout->got_offset, layout->total_bytes,
      layout->section_offset[0 .. elf->nr_sections - 1];
    ensures layout->total_bytes <= (region + 1) * MOST_REGION_BYTES;
    ensures sections_lie_below(elf, layout, layout->total_bytes);
    ensures are_regions_placed(layout, region + 1);
    ensures region == LP_RODATA ==> has_got(layout);
 */
static void place_region(const struct lp_elf *elf,
                         const struct lp_sections *sections,
                         enum lp_region region, struct lp_layout *layout)
{
    size_t at = layout->total_bytes;

    layout->region[region].offset = at;
    /*@ loop invariant 1 <= i <= LP_ELF_MAX_SECTIONS;
        loop invariant layout->region[region].offset <= at <=
          layout->region[region].offset + i * MOST_SECTION_BYTES;
        loop invariant sections_lie_below(elf, layout, at);
        loop assigns i, at, layout->section_offset[0 .. elf->nr_sections - 1];
        loop variant elf->nr_sections - i;
     */
    for (uint32_t i = 1; i < elf->nr_sections; i++) {
        const Elf_Shdr section = lp_elf_section(elf, i);

        if (is_loaded(elf, i) && region_of(sections, i, &section) == region) {
            at = ROUNDUP(at, section.sh_addralign ? section.sh_addralign : 1);
            layout->section_offset[i] = at;
            at += section.sh_size;
        }
    }
    if (region == LP_RODATA && layout->got_slots) {
        layout->got_offset = ROUNDUP(at, sizeof(uint64_t));
        at = layout->got_offset + layout->got_slots * sizeof(uint64_t);
    }
    layout->region[region].bytes = at - layout->region[region].offset;
    layout->total_bytes = PAGE_ALIGN(at);
}

/*@ requires has_sections(elf) && \valid_read(sections);
    requires index < elf->nr_sections;
    assigns \nothing;
 */
static bool is_private_data(const struct lp_elf *elf,
                            const struct lp_sections *sections, uint32_t index)
{
    const Elf_Shdr section = lp_elf_section(elf, index);

    return is_loaded(elf, index) &&
           region_of(sections, index, &section) == LP_RW &&
           section.sh_size != 0;
}

/* Every section may be loaded, and at least one byte is. */
/*@ requires is_checked(elf);
    assigns \nothing;
    ensures \result == 0 ==> can_be_laid_out(elf);
 */
static int check_sections(const struct lp_elf *elf)
{
    bool has_content = false;

    /*@ loop invariant 1 <= i && can_be_placed(elf, i);
        loop assigns i, has_content;
        loop variant elf->nr_sections - i;
     */
    for (uint32_t i = 1; i < elf->nr_sections; i++) {
        const Elf_Shdr section = lp_elf_section(elf, i);
        int rc;

        if (!is_loaded(elf, i)) {
            continue;
        }
        rc = check_loadable(elf, &section);
        if (rc) {
            return rc;
        }
        has_content |= section.sh_size != 0;
    }
    if (!has_content) {
        lp_err(elf->payload, "none of %u sections is loaded (SHF_ALLOC)",
               elf->nr_sections);
        return -EINVAL;
    }
    return 0;
}

/*@ requires can_be_laid_out(elf) && \valid_read(sections) && \valid(plan);
    requires \valid(plan->section_offset + (0 .. elf->nr_sections - 1));
    requires \separated(plan, plan->section_offset +
                        (0 .. elf->nr_sections - 1), elf, sections);
    assigns plan->region[0 .. LP_REGION_NR - 1], plan->got_offset,
      plan->total_bytes, plan->has_private_data,
      plan->section_offset[0 .. elf->nr_sections - 1];
    ensures sections_lie_below(elf, plan, plan->total_bytes);
    ensures are_regions_placed(plan, LP_REGION_NR) && has_got(plan);
 */
static void place_all(const struct lp_elf *elf,
                      const struct lp_sections *sections,
                      struct lp_layout *plan)
{
    plan->got_offset = 0;
    plan->total_bytes = 0;
    plan->has_private_data = false;
    /*@ loop invariant 0 <= i;
        loop invariant \forall integer j; 0 <= j < i ==>
          plan->section_offset[j] == LP_NOT_PLACED;
        loop assigns i, plan->has_private_data,
          plan->section_offset[0 .. elf->nr_sections - 1];
        loop variant elf->nr_sections - i;
     */
    for (uint32_t i = 0; i < elf->nr_sections; i++) {
        plan->section_offset[i] = LP_NOT_PLACED;
        plan->has_private_data |= is_private_data(elf, sections, i);
    }
    /*@ loop invariant 0 <= i <= LP_REGION_NR;
        loop invariant plan->total_bytes <= i * MOST_REGION_BYTES;
        loop invariant sections_lie_below(elf, plan, plan->total_bytes);
        loop invariant are_regions_placed(plan, i);
        loop invariant i == LP_REGION_NR ==> has_got(plan);
        loop assigns i, plan->region[0 .. LP_REGION_NR - 1], plan->got_offset,
          plan->total_bytes, plan->section_offset[0 .. elf->nr_sections - 1];
        loop variant LP_REGION_NR - i;
     */
    for (unsigned int i = 0; i < LP_REGION_NR; i++) {
        place_region(elf, sections, i, plan);
    }
}

int lp_layout_plan(const struct lp_elf *elf, const struct lp_sections *sections,
                   uint32_t got_slots, struct lp_layout *layout)
{
    size_t *offsets;
    int rc = check_sections(elf);

    if (rc) {
        return rc;
    }
    offsets = xmalloc_array(size_t, elf->nr_sections);
    if (!offsets) {
        lp_err(elf->payload, "no memory to plan %u sections", elf->nr_sections);
        return -ENOMEM;
    }
    /*@ admit \separated(offsets + (0 .. elf->nr_sections - 1), layout, elf,
                         sections); */
    layout->nr_sections = elf->nr_sections;
    layout->section_offset = offsets;
    layout->got_slots = got_slots;
    place_all(elf, sections, layout);
    return 0;
}

/*@ requires \valid(layout);
    assigns layout->section_offset;
 */
void lp_layout_discard(struct lp_layout *layout)
{
    xfree(layout->section_offset);
    layout->section_offset = NULL;
}
