/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A piece as it lies in the image: whether it is the same there but for what is
 * filled in when it is linked, and what was filled in.
 */
#ifndef BUILDER_IMAGE_PLACED_H
#define BUILDER_IMAGE_PLACED_H

#include "image/field.h"
#include "image/image.h"

/* *offset: of the first byte that differs; 0 when not all lies there. */
bool placed_is_equal(const struct image *image, const struct piece *piece,
                     uint64_t address, uint64_t *offset);

/* Of a reference of the piece, which is equal there. */
struct field_address placed_field(const struct image *image,
                                  const struct piece *piece, uint64_t address,
                                  const struct reference *reference);

#endif
