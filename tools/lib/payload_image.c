/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One walk over the sections for each region. Example: .text (AX, 0x30 bytes),
 * .bss (WA, 0x1001) and .rodata (A, 5) come to lie at 0, 0x1000 and 0x3000.
 */
#include "lib/payload_image.h"

#include <string.h>

#define PAGE_BYTES 4096U

/* What the loader reads it keeps read-only, whatever the flags say. */
static bool is_loaders_data(const char *name)
{
    static const char *const names[] = {
        ".livepatch.xen_depends",
        ".livepatch.depends",
        ".note.gnu.build-id",
        ".livepatch.funcs",
        ".modinfo",
        ".bug_frames.0",
        ".bug_frames.1",
        ".bug_frames.2",
        ".bug_frames.3",
        ".ex_table",
        ".altinstructions",
        ".alt_call_sites",
    };
    static const char hooks[] = ".livepatch.hooks.";

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (!strcmp(name, names[i])) {
            return true;
        }
    }
    return !strncmp(name, hooks, sizeof(hooks) - 1);
}

static enum payload_region region_of(const struct elf_file *elf,
                                     const Elf64_Shdr *section)
{
    if (is_loaders_data(elf_file_section_name(elf, section))) {
        return REGION_READ_ONLY;
    }
    if (section->sh_flags & SHF_EXECINSTR) {
        return REGION_TEXT;
    }
    return section->sh_flags & SHF_WRITE ? REGION_WRITABLE : REGION_READ_ONLY;
}

static uint64_t round_up(uint64_t offset, uint64_t alignment)
{
    return alignment ? (offset + alignment - 1) & ~(alignment - 1) : offset;
}

bool payload_section_is_loaded(const struct elf_file *elf, uint32_t index)
{
    return index && index < elf->header.e_shnum &&
           (elf_file_section(elf, index).sh_flags & SHF_ALLOC);
}

/* The end of the region from `at` on; in *wanted the offset of section `index`,
 * if it is one of the region. */
static uint64_t place_region(const struct elf_file *elf,
                             enum payload_region region, uint64_t at,
                             uint32_t index, uint64_t *wanted)
{
    for (uint32_t i = 1; i < elf->header.e_shnum; i++) {
        Elf64_Shdr section = elf_file_section(elf, i);

        if (!(section.sh_flags & SHF_ALLOC) ||
            region_of(elf, &section) != region) {
            continue;
        }
        at = round_up(at, section.sh_addralign);
        if (i == index) {
            *wanted = at;
        }
        at += section.sh_size;
    }
    return at;
}

static struct payload_image place_all(const struct elf_file *elf,
                                      uint32_t index, uint64_t *wanted)
{
    struct payload_image image;
    uint64_t at = 0;

    for (unsigned int i = 0; i < NR_REGIONS; i++) {
        image.start[i] = at;
        image.end[i] =
            place_region(elf, (enum payload_region)i, at, index, wanted);
        at = round_up(image.end[i], PAGE_BYTES);
    }
    return image;
}

struct payload_image payload_image_of(const struct elf_file *elf)
{
    uint64_t unused;

    return place_all(elf, 0, &unused);
}

uint64_t payload_section_offset(const struct elf_file *elf, uint32_t index)
{
    uint64_t offset = 0;

    place_all(elf, index, &offset);
    return offset;
}

bool payload_image_has(const struct payload_image *image,
                       enum payload_region region, uint64_t offset,
                       uint64_t nr_bytes)
{
    return offset >= image->start[region] && offset <= image->end[region] &&
           nr_bytes <= image->end[region] - offset;
}
