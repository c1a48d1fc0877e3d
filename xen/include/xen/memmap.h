/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The map of physical memory as the firmware gave it, and finding room in it.
 * Pure: works on the map that it is given.
 */
#ifndef XEN_MEMMAP_H
#define XEN_MEMMAP_H

#include <xen/compiler.h>
#include <xen/types.h>

#define MEMMAP_MAX 128

enum memory_type { /* as the firmware's numbers (ACPI 6.4, 15.4) */
    MEMORY_RAM = 1,
    MEMORY_RESERVED = 2,
};

struct memory_range {
    paddr_t start, end; /* end: one past the last byte */
    uint32_t type;
};

struct memmap {
    unsigned int nr;
    struct memory_range range[MEMMAP_MAX];
};

/*@ predicate are_ranges{L}(struct memmap *map) =
      \valid_read(map) &&
      \forall integer i; 0 <= i < map->nr && i < MEMMAP_MAX ==>
        map->range[i].start <= map->range[i].end;
 */

/* Adds a range to a map. 0; -EINVAL when it reaches past the address space;
 * -ENOSPC when the map is full. */
int memmap_add(struct memmap *map, paddr_t start, paddr_t end,
               uint32_t type) __must_check;

/* True when all of [start, end) is one RAM range. */
bool memmap_is_ram(const struct memmap *map, paddr_t start, paddr_t end);

/* Bytes of RAM; one past the last byte of RAM. */
paddr_t memmap_ram_bytes(const struct memmap *map);
paddr_t memmap_ram_end(const struct memmap *map);

/* Room that is looked for: `bytes` of RAM whose start is a multiple of align (a
 * power of two) and whose end is at or below limit. */
struct memmap_wish {
    paddr_t bytes, align, limit;
};

/*
 * The highest start of such room that touches none of the nr ranges in
 * `taken`; INVALID_PADDR when there is none.
 */
paddr_t memmap_find(const struct memmap *map, const struct memmap_wish *wish,
                    const struct memory_range *taken, unsigned int nr);

/*
 * Makes [start, end), part of one RAM range, reserved. 0; -EINVAL when it is
 * not RAM; -ENOSPC when the map is full.
 */
int memmap_reserve(struct memmap *map, paddr_t start, paddr_t end) __must_check;

#endif
