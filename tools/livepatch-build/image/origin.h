/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Who built an image, in which domain, on which host and of which changeset.
 */
#ifndef BUILDER_IMAGE_ORIGIN_H
#define BUILDER_IMAGE_ORIGIN_H

#include "lib/memory.h"
#include "image/image.h"

/*
 * Adds what the image says of it as NAME=VALUE, by the names that Xen's
 * makefiles call it: "XEN_WHOAMI=root". A compiler keeps
 * equal texts once, so code that uses two of them depends on whether they are
 * equal, as those that a container has none of are. Nothing of what it does not
 * say.
 */
void image_read_origin(const struct image *image, struct text_list *origin);

#endif
