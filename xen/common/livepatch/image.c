// SPDX-License-Identifier: GPL-2.0
/*
 * Memory of VMAP_XEN, one allocation a payload, regions at the plan's offsets.
 */
#include "image.h"

#include <xen/bug.h>
#include <xen/errno.h>
#include <xen/string.h>
#include <xen/vmap.h>

#include "log.h"

static void copy_sections(const struct lp_elf *elf,
                          const struct lp_layout *layout,
                          const struct lp_image *image)
{
    for (uint32_t i = 1; i < elf->nr_sections; i++) {
        const Elf_Shdr section = lp_elf_section(elf, i);

        if (lp_layout_is_placed(layout, i) && section.sh_type != SHT_NOBITS) {
            memcpy(lp_image_section(image, layout, i),
                   lp_elf_section_bytes(elf, &section), section.sh_size);
        }
    }
}

int lp_image_create(const struct lp_elf *elf, const struct lp_layout *layout,
                    struct lp_image *image)
{
    struct lp_image made = {
        .base = vmalloc_xen(layout->total_bytes),
        .bytes = layout->total_bytes,
    };

    if (!made.base) {
        lp_err(elf->payload, "no memory for an image of %zu bytes",
               layout->total_bytes);
        return -ENOMEM;
    }
    memset(made.base, 0, made.bytes);
    for (unsigned int i = 0; i < LP_REGION_NR; i++) {
        made.region[i].start = made.base + layout->region[i].offset;
        made.region[i].bytes = layout->region[i].bytes;
    }
    copy_sections(elf, layout, &made);
    *image = made;
    return 0;
}

int lp_image_seal(const char *payload, const struct lp_image *image,
                  struct lp_sealed_image *sealed)
{
    static const unsigned int permissions[LP_REGION_NR] = {
        [LP_TEXT] = PAGE_HYPERVISOR_RX,
        [LP_RW] = PAGE_HYPERVISOR_RW,
        [LP_RODATA] = PAGE_HYPERVISOR_RO,
    };

    for (unsigned int i = 0; i < LP_REGION_NR; i++) {
        const struct lp_span *span = &image->region[i];
        const unsigned long start = (unsigned long)span->start;
        int rc;

        if (span->bytes == 0) {
            continue;
        }
        rc = modify_xen_mappings(start, start + PAGE_ALIGN(span->bytes),
                                 permissions[i]);
        if (rc) {
            lp_err(payload, "permissions of %#lx bytes at %#lx: error %d",
                   (unsigned long)span->bytes, start, rc);
            return rc;
        }
    }
    sealed->image = image;
    return 0;
}

struct lp_part lp_image_part(const struct lp_sealed_image *sealed,
                             const struct lp_layout *layout, uint32_t section,
                             size_t bytes)
{
    const uint8_t *start = lp_image_section(sealed->image, layout, section);

    ASSERT(lp_image_holds(sealed->image, LP_RODATA, start, bytes));
    return (struct lp_part){.start = start, .bytes = bytes};
}

void lp_image_destroy(struct lp_image *image)
{
    vfree(image->base);
    *image = (struct lp_image){.base = NULL};
}

static bool lies_in(const uint8_t *start, size_t size, const void *p,
                    size_t bytes)
{
    const uintptr_t offset = (uintptr_t)p - (uintptr_t)start;

    return (uintptr_t)p >= (uintptr_t)start && offset <= size &&
           bytes <= size - offset;
}

bool lp_image_holds(const struct lp_image *image, enum lp_region region,
                    const void *p, size_t bytes)
{
    const struct lp_span *span = &image->region[region];

    return lies_in(span->start, span->bytes, p, bytes);
}

static bool ends_in(const struct lp_span *span, const char *p)
{
    size_t room;

    if (!lies_in(span->start, span->bytes, p, 1)) {
        return false;
    }
    room = span->start + span->bytes - (const uint8_t *)p;
    return memchr(p, '\0', min(room, (size_t)LP_IMAGE_STRING_MAX)) != NULL;
}

bool lp_image_holds_string(const struct lp_image *image, const char *p)
{
    return ends_in(&image->region[LP_RODATA], p) ||
           ends_in(&image->region[LP_TEXT], p);
}
