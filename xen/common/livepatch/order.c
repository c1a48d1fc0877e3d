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

/*@ logic integer digit_of(uint32_t key, unsigned int shift) =
      (uint8_t)(key >> shift);

    // how many of the first n have this digit, how many a lower one
    axiomatic Counting {
      logic integer having{L}(struct lp_ranked *from, unsigned int shift,
                              integer digit, integer n)
        reads from[0 .. n - 1].key;
      axiom having_none{L}: \forall struct lp_ranked *from, unsigned int shift,
        integer digit; having(from, shift, digit, 0) == 0;
      axiom having_next{L}: \forall struct lp_ranked *from, unsigned int shift,
        integer digit, n; 0 < n ==>
        having(from, shift, digit, n) == having(from, shift, digit, n - 1) +
          (digit_of(from[n - 1].key, shift) == digit ? 1 : 0);
      logic integer below{L}(struct lp_ranked *from, unsigned int shift,
                             integer digit, integer n)
        reads from[0 .. n - 1].key;
      axiom below_none{L}: \forall struct lp_ranked *from, unsigned int shift,
        integer digit; below(from, shift, digit, 0) == 0;
      axiom below_next{L}: \forall struct lp_ranked *from, unsigned int shift,
        integer digit, n; 0 < n ==>
        below(from, shift, digit, n) == below(from, shift, digit, n - 1) +
          (digit_of(from[n - 1].key, shift) < digit ? 1 : 0);
    }

    predicate are_counted{L}(struct lp_ranked *from, unsigned int shift,
                             integer n) =
      below(from, shift, 0, n) == 0 &&
      (\forall integer d; 1 <= d <= RADIX ==> below(from, shift, d, n) ==
        below(from, shift, d - 1, n) + having(from, shift, d - 1, n)) &&
      (\forall integer d; 0 <= d <= RADIX ==>
        0 <= below(from, shift, d, n) <= n) &&
      (\forall integer d, m; 0 <= d < RADIX && 0 <= m <= n ==>
        0 <= having(from, shift, d, m) <= having(from, shift, d, n) <= n);
 */

/*@ requires \valid_read(ranked) && shift < 32;
    assigns \nothing;
    ensures \result == digit_of(ranked->key, shift);
 */
static uint8_t digit(const struct lp_ranked *ranked, unsigned int shift)
{
    return ranked->key >> shift;
}

/*@ requires \valid_read(from + (0 .. nr - 1)) && \valid(to + (0 .. nr - 1));
    requires \separated(to + (0 .. nr - 1), from + (0 .. nr - 1));
    requires shift < 32;
    assigns to[0 .. nr - 1];
 */
static void sort_by_digit(const struct lp_ranked *from, struct lp_ranked *to,
                          uint32_t nr, unsigned int shift)
{
    uint32_t place[RADIX + 1];

    /*@ loop invariant 0 <= i <= RADIX + 1;
        loop invariant \forall integer d; 0 <= d < i ==> place[d] == 0;
        loop assigns i, place[0 .. RADIX];
        loop variant RADIX + 1 - i;
     */
    for (unsigned int i = 0; i <= RADIX; i++) {
        place[i] = 0;
    }
    /*@ assert \forall integer i, k; 0 <= i < nr && 0 <= k < nr ==>
          \separated(to + i, from + k); */
    /*@ loop invariant 0 <= i <= nr && are_counted(from, shift, i);
        loop invariant place[0] == 0;
        loop invariant \forall integer d; 1 <= d <= RADIX ==>
          place[d] == having(from, shift, d - 1, i);
        loop assigns i, place[0 .. RADIX];
        loop variant nr - i;
     */
    for (uint32_t i = 0; i < nr; i++) {
        place[digit(&from[i], shift) + 1]++;
    }
    /*@ loop invariant 1 <= i <= RADIX;
        loop invariant \forall integer d; 0 <= d < i ==>
          place[d] == below(from, shift, d, nr);
        loop invariant \forall integer d; i <= d < RADIX ==>
          place[d] == having(from, shift, d - 1, nr);
        loop assigns i, place[0 .. RADIX];
        loop variant RADIX - i;
     */
    for (unsigned int i = 1; i < RADIX; i++) {
        //@ assert below(from, shift, i, nr) <= nr;
        place[i] += place[i - 1];
    }
    /*@ loop invariant 0 <= i <= nr;
        loop invariant \forall integer k; 0 <= k < nr ==>
          from[k].key == \at(from[k].key, Pre);
        loop invariant \forall integer d; 0 <= d < RADIX ==> place[d] ==
          below{Pre}(from, shift, d, nr) + having{Pre}(from, shift, d, i);
        loop assigns i, place[0 .. RADIX], to[0 .. nr - 1];
        loop variant nr - i;
     */
    for (uint32_t i = 0; i < nr; i++) {
        const uint8_t d = digit(&from[i], shift);

        /*@ assert having{Pre}(from, shift, d, i + 1) ==
                   having{Pre}(from, shift, d, i) + 1; */
        /*@ assert below{Pre}(from, shift, d + 1, nr) ==
              below{Pre}(from, shift, d, nr) + having{Pre}(from, shift, d, nr);
         */
        //@ assert 0 <= place[d] < nr;
        /*@ assert \forall integer k; 0 <= k < nr ==>
              \separated(to + place[d], from + k); */
        to[place[d]++] = from[i];
    }
}

/*@ requires \valid_read(ranked + (0 .. nr - 1));
    assigns \nothing;
 */
static bool is_sorted(const struct lp_ranked *ranked, uint32_t nr)
{
    /*@ loop invariant 1 <= i;
        loop assigns i;
        loop variant nr - i;
     */
    for (uint32_t i = 1; i < nr; i++) {
        if (ranked[i].key < ranked[i - 1].key) {
            return false;
        }
    }
    return true;
}

/* The bits in which keys differ. */
/*@ requires \valid_read(ranked + (0 .. nr - 1));
    assigns \nothing;
 */
static uint32_t find_varying(const struct lp_ranked *ranked, uint32_t nr)
{
    uint32_t varying = 0;

    /*@ loop invariant 1 <= i;
        loop assigns i, varying;
        loop variant nr - i;
     */
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
    /*@ loop invariant shift <= 32 && shift % 8 == 0;
        loop invariant (from == ranked && to == scratch) ||
          (from == scratch && to == ranked);
        loop assigns shift, from, to, ranked[0 .. nr - 1], scratch[0 .. nr - 1];
        loop variant 32 - shift;
     */
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
