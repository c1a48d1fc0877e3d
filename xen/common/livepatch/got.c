// SPDX-License-Identifier: GPL-2.0
/*
 * Slots are given out in the order in which symbols are first asked for.
 */
#include "got.h"

#include <xen/errno.h>
#include <xen/xmalloc.h>

int lp_got_begin(const struct lp_layout *layout, const struct lp_image *image,
                 uint32_t nr_symbols, struct lp_got *got)
{
    *got = (struct lp_got){.nr_slots = layout->got_slots};
    if (got->nr_slots == 0) {
        return 0;
    }
    got->slot = (uint64_t *)(image->base + layout->got_offset);
    got->slot_of = xzalloc_array(uint32_t, nr_symbols);
    return got->slot_of ? 0 : -ENOMEM;
}

void lp_got_end(struct lp_got *got)
{
    xfree(got->slot_of);
    *got = (struct lp_got){.slot = NULL};
}

uint64_t lp_got_slot(struct lp_got *got, uint32_t symbol, uint64_t address)
{
    uint32_t *slot = &got->slot_of[symbol];

    if (!*slot) {
        BUG_ON(got->nr_used == got->nr_slots);
        got->slot[got->nr_used++] = address;
        *slot = got->nr_used;
    }
    return (uint64_t)&got->slot[*slot - 1];
}
