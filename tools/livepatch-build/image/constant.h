/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Constants that functions of an image give: int number(void) and
 * const char *text(void).
 */
#ifndef BUILDER_IMAGE_CONSTANT_H
#define BUILDER_IMAGE_CONSTANT_H

#include "image/image.h"

/* False: there is no such function, or it is not what a compiler makes of a
 * constant. */
bool image_number_of(const struct image *image, const char *name,
                     unsigned int *number);

/* The same for a text, which is the image's; NULL: none, or a long one. */
const char *image_text_of(const struct image *image, const char *name);

#endif
