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

/* What the loader reads is never writable, whatever the file says. */
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

static bool is_loaded(const struct lp_elf *elf, uint32_t index)
{
    return index != SHN_UNDEF &&
           (lp_elf_section(elf, index).sh_flags & SHF_ALLOC);
}

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

/* Sizes are bounded by the file and by LP_ELF_MAX_NOBITS, and sections by
 * LP_ELF_MAX_SECTIONS: no sum here comes near 2^64. */
static void place_region(const struct lp_elf *elf,
                         const struct lp_sections *sections,
                         enum lp_region region, struct lp_layout *layout)
{
    size_t at = layout->total_bytes;

    layout->region[region].offset = at;
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

static bool is_private_data(const struct lp_elf *elf,
                            const struct lp_sections *sections, uint32_t index)
{
    const Elf_Shdr section = lp_elf_section(elf, index);

    return is_loaded(elf, index) &&
           region_of(sections, index, &section) == LP_RW &&
           section.sh_size != 0;
}

/* Every section may be loaded, and at least one byte is. */
static int check_sections(const struct lp_elf *elf)
{
    bool has_content = false;

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

int lp_layout_plan(const struct lp_elf *elf, const struct lp_sections *sections,
                   uint32_t got_slots, struct lp_layout *layout)
{
    struct lp_layout plan = {
        .nr_sections = elf->nr_sections,
        .got_slots = got_slots,
    };
    int rc = check_sections(elf);

    if (rc) {
        return rc;
    }
    plan.section_offset = xmalloc_array(size_t, elf->nr_sections);
    if (!plan.section_offset) {
        lp_err(elf->payload, "no memory to plan %u sections", elf->nr_sections);
        return -ENOMEM;
    }
    for (uint32_t i = 0; i < elf->nr_sections; i++) {
        plan.section_offset[i] = LP_NOT_PLACED;
        plan.has_private_data |= is_private_data(elf, sections, i);
    }
    for (unsigned int i = 0; i < LP_REGION_NR; i++) {
        place_region(elf, sections, i, &plan);
    }
    *layout = plan;
    return 0;
}

void lp_layout_discard(struct lp_layout *layout)
{
    xfree(layout->section_offset);
    layout->section_offset = NULL;
}
