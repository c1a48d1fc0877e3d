/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload's own memory, made by plan: filled while it is writable and not
 * executable, then sealed to the permissions of each region. After the seal
 * no mapping of its text or read-only data is writable.
 */
#ifndef LP_IMAGE_H
#define LP_IMAGE_H

#include "layout.h"

/*
 * Allocates the memory of the plan and copies the sections into it; the rest
 * is zero. 0 or -ENOMEM; on success the caller owns *image.
 */
int lp_image_create(const struct lp_elf *elf, const struct lp_layout *layout,
                    struct lp_image *image) __must_check;

/*
 * An image of which nobody can write the text and the read-only data any more.
 * lp_image_seal() alone makes it: who wants one comes after the seal.
 */
struct lp_sealed_image {
    const struct lp_image *image;
};

/* A section's bytes in a sealed image: what is checked here stays as it is. */
struct lp_part {
    const uint8_t *start;
    size_t bytes;
};

/* Gives each region its permissions; errno of modify_xen_mappings(). */
int lp_image_seal(const char *payload, const struct lp_image *image,
                  struct lp_sealed_image *sealed) __must_check;

/* The first bytes of a section that lp_sections_is_data(); as many as it has at
 * most. */
struct lp_part lp_image_part(const struct lp_sealed_image *sealed,
                             const struct lp_layout *layout, uint32_t section,
                             size_t bytes);

/* Frees the memory; nothing may run in it or point to it. */
void lp_image_destroy(struct lp_image *image);

/* Where a placed section stands. */
static inline uint8_t *lp_image_section(const struct lp_image *image,
                                        const struct lp_layout *layout,
                                        uint32_t section)
{
    return image->base + layout->section_offset[section];
}

/* True when [p, p + bytes) lies in the used part of the region. */
bool lp_image_holds(const struct lp_image *image, enum lp_region region,
                    const void *p, size_t bytes);

/* True when p points to a string that nobody writes, in the read-only data or
 * the text, of at most LP_IMAGE_STRING_MAX bytes with its NUL: many may be
 * parts of a long one. */
#define LP_IMAGE_STRING_MAX 4096U
bool lp_image_holds_string(const struct lp_image *image, const char *p);

#endif
