/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where the parts of a hypervisor's image are, out of the symbols that its
 * linker script puts there: this project's and Xen's.
 */
#ifndef TOOLS_LOADER_BOUNDS_H
#define TOOLS_LOADER_BOUNDS_H

#include <stdio.h>

#include "lib/loader/arch.h"
#include "lib/loader/names.h"

struct image;

/* Fills the ranges of *hypervisor, as mapped. 0; -EINVAL, after a message on
 * `err`: the image has no text that is known. */
int bounds_find(const struct image *image, const struct names *names,
                struct loader_hypervisor *hypervisor, FILE *err);

/* Where that lies which is gone after boot, as linked; empty: not known. */
struct loader_range bounds_of_init(const struct names *names);

#endif
