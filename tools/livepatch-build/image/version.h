/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which release of Xen an image is, and what that means for a payload.
 */
#ifndef BUILDER_IMAGE_VERSION_H
#define BUILDER_IMAGE_VERSION_H

#include "image/image.h"

struct image_version {
    unsigned int major, minor;
    int update; /* the third number; what comes before a release counts as one
                   less: 4.17.3-pre is 2, 4.18-rc is -1 */
};

/* By the functions that tell a guest (xen_major_version() and so on). False:
 * they are not there, or are not what a compiler makes of a constant. */
bool image_read_version(const struct image *image,
                        struct image_version *version);

/* The third number of what xen_extra_version() gives: ".7-pre". */
int image_update_of(const char *extra);

/*
 * Whether this release of stock Xen writes into a payload's .livepatch.funcs:
 * that section has to be writable there. From 4.17.3, 4.18.1 and 4.19 on it is
 * only read.
 */
bool image_version_writes_entries(const struct image_version *version);

/* The same of the hypervisor of an image: this project's own never does, and
 * of one that tells no version it is not known. */
bool image_writes_entries(const struct image *image);

#endif
