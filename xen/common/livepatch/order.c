// SPDX-License-Identifier: GPL-2.0
/*
 * Radix sort from the lowest byte of the key to the highest: each pass counts
 * how often each byte value occurs, turns the counts into places, and moves
 * everything to its place. Four passes, so the result ends up where it began.
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

void lp_order_sort(struct lp_ranked *ranked, struct lp_ranked *scratch,
                   uint32_t nr)
{
    sort_by_digit(ranked, scratch, nr, 0);
    sort_by_digit(scratch, ranked, nr, 8);
    sort_by_digit(ranked, scratch, nr, 16);
    sort_by_digit(scratch, ranked, nr, 24);
}
