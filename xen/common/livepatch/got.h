/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload's small global offset table: one word for each symbol that code
 * reaches through memory. It lies behind the read-only sections, and is filled
 * while records are applied.
 */
#ifndef LP_GOT_H
#define LP_GOT_H

#include "image.h"

struct lp_got {
    uint64_t *slot;
    uint32_t nr_slots;
    uint32_t nr_used;
    uint32_t *slot_of; /* by symbol: its slot's number plus 1, or 0 */
};

/* -ENOMEM; got is to be given to lp_got_end() in any case. */
int lp_got_begin(const struct lp_layout *layout, const struct lp_image *image,
                 uint32_t nr_symbols, struct lp_got *got) __must_check;
void lp_got_end(struct lp_got *got);

/*
 * The address of the word that holds the symbol's address. There are as many
 * words as there are records, or symbols: one is left.
 */
uint64_t lp_got_slot(struct lp_got *got, uint32_t symbol, uint64_t address);

#endif
