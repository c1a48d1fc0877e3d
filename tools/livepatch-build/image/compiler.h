/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which compiler a hypervisor was built with, by what compilers leave in what
 * they compile, and by the line that Xen keeps to tell guests.
 */
#ifndef BUILDER_IMAGE_COMPILER_H
#define BUILDER_IMAGE_COMPILER_H

#include "image/image.h"

/* As the compiler wrote it in the image: "GCC: (Debian 12.2.0-14) 12.2.0"; of
 * several the first. NULL: it does not say. */
const char *compiler_of_image(const struct image *image);

/* Such a text of an object that the image does not have; NULL: none. */
const char *compiler_not_of_image(const struct object *object,
                                  const struct image *image);

/*
 * Whether the image keeps `line`, the first of what the compiler prints for
 * --version: Xen's xen_compiler() does, and this can be known before anything
 * is built.
 */
bool compiler_line_is_in_image(const struct image *image, const char *line);

#endif
