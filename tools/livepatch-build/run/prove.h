/* SPDX-License-Identifier: GPL-2.0 */
/*
 * That the tree, as it was built here, is the hypervisor of xen-syms: before
 * anything is compared.
 */
#ifndef BUILDER_PROVE_H
#define BUILDER_PROVE_H

#include <stdbool.h>
#include <stdio.h>

#include "build/build.h"
#include "image/image.h"

/*
 * Compares all objects of the build without the patch with the image. What
 * differs, and what that says, goes to `err`. Objects of other kinds (of 32
 * bits, assembly that cannot be cut) are left out.
 */
bool prove_build(const struct build_result *result, const struct image *image,
                 FILE *err);

#endif
