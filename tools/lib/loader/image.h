/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A hypervisor's image in this process's memory, at a constant distance from
 * where it is linked, with the room for payloads behind it: what is relative,
 * what is within reach and what lies next to what comes out as it does in the
 * hypervisor. Absolute addresses are turned by the distance.
 *
 * Example: 0xffff82d040200000 lies at 0x000022d040200000, unless something else
 * does; then at 0x000012d040200000, and so on.
 */
#ifndef TOOLS_LOADER_IMAGE_H
#define TOOLS_LOADER_IMAGE_H

#include <stdbool.h>
#include <stdio.h>

#include "lib/elf_file.h"
#include "lib/loader/arch.h"

struct image {
    uint64_t linked;       /* the first page of the image, as linked */
    uint64_t linked_end;   /* of the image */
    uint64_t mapped;       /* where that page is here */
    uint64_t window_bytes; /* from there: the image, then payloads */
};

/*
 * Maps the loaded sections of xen-syms; what it has no bytes for is zero.
 * Pointers to text in its data lead to where the text is. Gives 0; -EINVAL,
 * -ENOMEM after a message on `err`.
 */
int image_map(const struct elf_file *xen, uint64_t window_bytes,
              struct image *image, FILE *err);

/* The same with nothing in it: `bytes` bytes at an address of its own. */
int image_map_empty(uint64_t linked, uint64_t bytes, uint64_t window_bytes,
                    struct image *image, FILE *err);
void image_unmap(struct image *image);

static inline uint64_t image_to_mapped(const struct image *image,
                                       uint64_t linked)
{
    return linked - image->linked + image->mapped;
}

static inline uint64_t image_to_linked(const struct image *image,
                                       uint64_t mapped)
{
    return mapped - image->mapped + image->linked;
}

/* Whether a linked address lies in the window; the same of a mapped one. */
static inline bool image_is_linked(const struct image *image, uint64_t address)
{
    return address - image->linked < image->window_bytes;
}

static inline bool image_is_mapped(const struct image *image, uint64_t address)
{
    return address - image->mapped < image->window_bytes;
}

#endif
