/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where in memory the loader puts the parts of a payload, counted from the
 * payload's own start: text, then what is writable, then what is neither, each
 * from a page boundary on; in each the sections in the order of the file, each
 * at its alignment. Takes a checked ELF view; where the payload itself comes to
 * lie is not known here.
 */
#ifndef XEN_LIVEPATCH_PAYLOAD_IMAGE_H
#define XEN_LIVEPATCH_PAYLOAD_IMAGE_H

#include "lib/elf_file.h"

enum payload_region {
    REGION_TEXT,
    REGION_WRITABLE,
    REGION_READ_ONLY,
    NR_REGIONS,
};

/* Offsets in the payload; what is at `end` is not in the region. */
struct payload_image {
    uint64_t start[NR_REGIONS];
    uint64_t end[NR_REGIONS];
};

struct payload_image payload_image_of(const struct elf_file *elf);

/* Whether so many bytes from `offset` on lie in the region. */
bool payload_image_has(const struct payload_image *image,
                       enum payload_region region, uint64_t offset,
                       uint64_t nr_bytes);

/* Whether section `index` is loaded, and the offset of one that is. */
bool payload_section_is_loaded(const struct elf_file *elf, uint32_t index);
uint64_t payload_section_offset(const struct elf_file *elf, uint32_t index);

#endif
