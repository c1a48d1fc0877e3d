/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Puts numbers in order, in time that grows with their count alone.
 */
#ifndef LP_ORDER_H
#define LP_ORDER_H

#include <xen/types.h>

/* Something, named by its number, and what it is ordered by. */
struct lp_ranked {
    uint32_t key;
    uint32_t number;
};

/* Sorts by ascending key; equal keys stay in their order. scratch: nr too. */
/*@ requires \valid(ranked + (0 .. nr - 1)) && \valid(scratch + (0 .. nr - 1));
    requires \separated(ranked + (0 .. nr - 1), scratch + (0 .. nr - 1));
    assigns ranked[0 .. nr - 1], scratch[0 .. nr - 1];
 */
void lp_order_sort(struct lp_ranked *ranked, struct lp_ranked *scratch,
                   uint32_t nr);

#endif
