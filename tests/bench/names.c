// SPDX-License-Identifier: GPL-2.0
/*
 * Names of eight bytes whose hash is 0. symbols_hash() of such a name is that
 * of one step, the low halves of the two words of a product, one folded onto
 * the other: so they must be the same. The product is u * K, u the name's bytes
 * with its length folded in. Of u's halves the low one alone decides on the
 * product's lowest 32 bits, and is counted up here; the high one then is to
 * give the same 32 bits in the product's high word, which means that high * K
 * modulo 2^64 lies in a range of 2^32.
 *
 * K is 2^64 times the golden ratio, so the multiples of K by every second
 * Fibonacci number are small remainders, each 0.38 of the one before. Taken
 * away from the range's end while they fit, the largest first, they leave less
 * than the range is wide; what they were multiples by, added up, is `high`.
 */
#include "names.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xen/symbols_table.h>

#define K 0x9e3779b97f4a7c15ULL
#define LENGTH 8U

/* A number of 32 bits whose product with K has `wanted` above its lowest 32. */
static bool find_high(uint32_t wanted, uint32_t *high)
{
    uint64_t rest = ((uint64_t)wanted << 32) | UINT32_MAX;
    uint64_t before = 1, factor = 1, sum = 0;

    while (factor <= UINT32_MAX && rest > UINT32_MAX) {
        const uint64_t next = 3 * factor - before;

        for (; rest >= factor * K; rest -= factor * K) {
            sum += factor;
        }
        before = factor;
        factor = next;
    }
    *high = (uint32_t)sum;
    return rest <= UINT32_MAX && sum <= UINT32_MAX;
}

/* The name with this low half, if there is one without NUL. */
static bool make_equal(uint32_t low, char text[LENGTH + 1])
{
    const unsigned __int128 product = (unsigned __int128)low * K;
    uint64_t word;
    uint32_t high;

    if (!find_high((uint32_t)product - (uint32_t)(product >> 64), &high)) {
        return false;
    }
    word = ((uint64_t)high << 32 | low) ^ LENGTH;
    memcpy(text, &word, LENGTH);
    text[LENGTH] = '\0';
    return strlen(text) == LENGTH && symbols_hash(text, LENGTH) == 0;
}

static void write_equal(unsigned int number, char text[NAME_BYTES])
{
    static uint32_t low;

    if (number == 0) {
        low = 0x41414141;
    }
    while (!make_equal(low++, text)) {
        if (low == 0) {
            fprintf(stderr, "bench_request: no name %u of hash 0\n", number);
            exit(1);
        }
    }
}

void name_write(enum names names, unsigned int number, char text[NAME_BYTES])
{
    switch (names) {
    case NAMES_DISTINCT:
        snprintf(text, NAME_BYTES, "o_%u", number);
        break;
    case NAMES_ONE:
        snprintf(text, NAME_BYTES, "o");
        break;
    case NAMES_EQUAL:
        write_equal(number, text);
        break;
    }
}
