/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Text of a hypervisor of which xen-syms does not tell what it will be when
 * payloads come: code that is exchanged at boot.
 */
#ifndef TOOLS_LOADER_EXCHANGED_H
#define TOOLS_LOADER_EXCHANGED_H

#include "lib/loader/arch.h"
#include "lib/loader/image.h"
#include "lib/loader/names.h"

/* Ranges as mapped, in the order of the records. */
struct exchanged {
    struct loader_range *ranges;
    size_t nr;
};

/* 0, or -ENOMEM. An image without such records has none. */
int exchanged_find(const struct loader_arch *arch, const struct image *image,
                   const struct names *names, struct exchanged *exchanged);
void exchanged_free(struct exchanged *exchanged);

bool exchanged_has(const struct exchanged *exchanged, uintptr_t address);

#endif
