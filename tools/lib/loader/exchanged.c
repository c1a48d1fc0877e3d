/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The records lie between two symbols each; what one means is the
 * architecture's to tell.
 */
#include "lib/loader/exchanged.h"

#include <errno.h>
#include <stdlib.h>

static const struct {
    const char *start, *end;
} tables[LOADER_EXCHANGE_NR] = {
    [LOADER_ALTERNATIVE] = {"__alt_instructions", "__alt_instructions_end"},
    [LOADER_ALTERNATIVE_CALL] = {"__alt_call_sites_start",
                                 "__alt_call_sites_end"},
};

/* Where the records of a kind lie, as linked; false: nowhere. */
static bool find_table(const struct image *image, const struct names *names,
                       unsigned int kind, uint64_t *start, uint64_t *end)
{
    const struct name *first = names_find(names, tables[kind].start);
    const struct name *last = names_find(names, tables[kind].end);

    if (!first || !last || first->address < image->linked ||
        last->address > image->linked_end || first->address > last->address) {
        return false;
    }
    *start = first->address;
    *end = last->address;
    return true;
}

static int add_table(const struct loader_arch *arch, const struct image *image,
                     const struct names *names, unsigned int kind,
                     struct exchanged *exchanged)
{
    size_t stride = arch->record_bytes[kind];
    struct loader_range *ranges;
    uint64_t start;
    uint64_t end;
    size_t nr;

    if (!stride || !find_table(image, names, kind, &start, &end)) {
        return 0;
    }
    nr = (end - start) / stride;
    ranges = realloc(exchanged->ranges,
                     (exchanged->nr + nr + 1) * sizeof(ranges[0]));
    if (!ranges) {
        return -ENOMEM;
    }
    exchanged->ranges = ranges;
    for (size_t i = 0; i < nr; i++) {
        uint64_t at = image_to_mapped(image, start + i * stride);

        ranges[exchanged->nr++] = arch->exchanged((enum loader_exchange)kind,
                                                  (const void *)(uintptr_t)at);
    }
    return 0;
}

int exchanged_find(const struct loader_arch *arch, const struct image *image,
                   const struct names *names, struct exchanged *exchanged)
{
    struct exchanged found = {.nr = 0};

    for (unsigned int kind = 0; kind < LOADER_EXCHANGE_NR; kind++) {
        if (add_table(arch, image, names, kind, &found)) {
            exchanged_free(&found);
            return -ENOMEM;
        }
    }
    *exchanged = found;
    return 0;
}

void exchanged_free(struct exchanged *exchanged)
{
    free(exchanged->ranges);
    *exchanged = (struct exchanged){.nr = 0};
}

bool exchanged_has(const struct exchanged *exchanged, uintptr_t address)
{
    for (size_t i = 0; i < exchanged->nr; i++) {
        if (address >= exchanged->ranges[i].start &&
            address < exchanged->ranges[i].end) {
            return true;
        }
    }
    return false;
}
