// SPDX-License-Identifier: GPL-2.0
/*
 * Radix sort from the lowest byte of the key to the highest: each pass counts
 * how often each byte value occurs, turns the counts into places, and moves
 * everything to its place. A byte that all keys have in common takes no pass,
 * and what is in order already takes none at all.
 */
#include "order.h"

#include <xen/string.h>

#define RADIX 256

static uint8_t digit(const struct lp_ranked *ranked, unsigned int shift)
{
    return ranked->key >> shift;
}

static void sort_by_digit(const struct lp_ranked *from, struct lp_ranked *to,
                          uint32_t nr, unsigned int shift)
{
    uint32_t place[RADIX + 1];

    memset(place, 0, sizeof(place));
    for (uint32_t i = 0; i < nr; i++) {
        place[digit(&from[i], shift) + 1]++;
    }
    for (unsigned int i = 1; i < RADIX; i++) {
        place[i] += place[i - 1];
    }
    for (uint32_t i = 0; i < nr; i++) {
        to[place[digit(&from[i], shift)]++] = from[i];
    }
}

static bool is_sorted(const struct lp_ranked *ranked, uint32_t nr)
{
    for (uint32_t i = 1; i < nr; i++) {
        if (ranked[i].key < ranked[i - 1].key) {
            return false;
        }
    }
    return true;
}

/* The bits in which keys differ. */
static uint32_t find_varying(const struct lp_ranked *ranked, uint32_t nr)
{
    uint32_t varying = 0;

    for (uint32_t i = 1; i < nr; i++) {
        varying |= ranked[i].key ^ ranked[0].key;
    }
    return varying;
}

void lp_order_sort(struct lp_ranked *ranked, struct lp_ranked *scratch,
                   uint32_t nr)
{
    struct lp_ranked *from = ranked, *to = scratch;
    uint32_t varying;

    if (is_sorted(ranked, nr)) {
        return;
    }
    varying = find_varying(ranked, nr);
    for (unsigned int shift = 0; shift < 32; shift += 8) {
        if (varying >> shift & (RADIX - 1)) {
            struct lp_ranked *sorted = to;

            sort_by_digit(from, to, nr, shift);
            to = from;
            from = sorted;
        }
    }
    if (from != ranked) {
        memcpy(ranked, from, nr * sizeof(*ranked));
    }
}
