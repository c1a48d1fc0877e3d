/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The map of physical memory: made range by range, asked for RAM and for
 * room, and changed where the hypervisor keeps memory for itself. No globals;
 * who keeps what is memory.c's and the dom0 loader's business.
 */
#include <xen/errno.h>
#include <xen/lib.h>
#include <xen/memmap.h>
#include <xen/string.h>

int memmap_add(struct memmap *map, paddr_t start, paddr_t end, uint32_t type)
{
    if (end < start) {
        return -EINVAL;
    }
    if (map->nr == MEMMAP_MAX) {
        return -ENOSPC;
    }
    map->range[map->nr++] = (struct memory_range){
        .start = start,
        .end = end,
        .type = type,
    };
    return 0;
}

static struct memory_range *find_ram(const struct memmap *map, paddr_t start,
                                     paddr_t end)
{
    for (unsigned int i = 0; i < map->nr; i++) {
        const struct memory_range *r = &map->range[i];

        if (r->type == MEMORY_RAM && start >= r->start && end <= r->end) {
            return (struct memory_range *)r;
        }
    }
    return NULL;
}

bool memmap_is_ram(const struct memmap *map, paddr_t start, paddr_t end)
{
    return start < end && find_ram(map, start, end) != NULL;
}

paddr_t memmap_ram_bytes(const struct memmap *map)
{
    paddr_t bytes = 0;

    for (unsigned int i = 0; i < map->nr; i++) {
        if (map->range[i].type == MEMORY_RAM) {
            bytes += map->range[i].end - map->range[i].start;
        }
    }
    return bytes;
}

paddr_t memmap_ram_end(const struct memmap *map)
{
    paddr_t end = 0;

    for (unsigned int i = 0; i < map->nr; i++) {
        if (map->range[i].type == MEMORY_RAM) {
            end = max(end, map->range[i].end);
        }
    }
    return end;
}

/* The first range in `taken` that [start, end) touches, or NULL. */
static const struct memory_range *find_clash(const struct memory_range *taken,
                                             unsigned int nr, paddr_t start,
                                             paddr_t end)
{
    for (unsigned int i = 0; i < nr; i++) {
        if (start < taken[i].end && taken[i].start < end) {
            return &taken[i];
        }
    }
    return NULL;
}

/* The highest room in one RAM range: from its top, down past each clash. */
static paddr_t find_in_range(const struct memory_range *ram,
                             const struct memmap_wish *wish,
                             const struct memory_range *taken, unsigned int nr)
{
    paddr_t end = min(ram->end, wish->limit);

    while (end >= wish->bytes) {
        paddr_t start = (end - wish->bytes) & ~(wish->align - 1);
        const struct memory_range *clash;

        if (start < ram->start) {
            break;
        }
        clash = find_clash(taken, nr, start, start + wish->bytes);
        if (clash == NULL) {
            return start;
        }
        end = clash->start;
    }
    return INVALID_PADDR;
}

paddr_t memmap_find(const struct memmap *map, const struct memmap_wish *wish,
                    const struct memory_range *taken, unsigned int nr)
{
    paddr_t best = INVALID_PADDR;

    for (unsigned int i = 0; i < map->nr; i++) {
        const struct memory_range *r = &map->range[i];
        paddr_t found = r->type == MEMORY_RAM
                            ? find_in_range(r, wish, taken, nr)
                            : INVALID_PADDR;

        if (found != INVALID_PADDR && (best == INVALID_PADDR || found > best)) {
            best = found;
        }
    }
    return best;
}

/* Opens `nr` places after index i. */
static void shift_up(struct memmap *map, unsigned int i, unsigned int nr)
{
    memmove(&map->range[i + 1 + nr], &map->range[i + 1],
            (map->nr - i - 1) * sizeof(map->range[0]));
    map->nr += nr;
}

int memmap_reserve(struct memmap *map, paddr_t start, paddr_t end)
{
    struct memory_range *ram = find_ram(map, start, end);
    struct memory_range whole;
    unsigned int i, more;

    if (start >= end || ram == NULL) {
        return -EINVAL;
    }
    whole = *ram;
    i = ram - map->range;
    more = (start > whole.start) + (end < whole.end);
    if (map->nr + more > MEMMAP_MAX) {
        return -ENOSPC;
    }
    shift_up(map, i, more);
    if (start > whole.start) {
        map->range[i++] = (struct memory_range){whole.start, start, MEMORY_RAM};
    }
    map->range[i++] = (struct memory_range){start, end, MEMORY_RESERVED};
    if (end < whole.end) {
        map->range[i] = (struct memory_range){end, whole.end, MEMORY_RAM};
    }
    return 0;
}
