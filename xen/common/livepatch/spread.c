// SPDX-License-Identifier: GPL-2.0
/*
 * Buckets found by the position of the highest bit. The fields are read by
 * others while they are written: each access is untorn, and the count of times
 * is raised last, so that a reader finds all that it has counted.
 */
#include "spread.h"

#include <xen/lib.h>

#define LINEAR_BITS 4 /* of LP_SPREAD_PER_OCTAVE */

static uint64_t read_field(const uint64_t *field)
{
    return __atomic_load_n(field, __ATOMIC_RELAXED);
}

static void write_field(uint64_t *field, uint64_t value)
{
    __atomic_store_n(field, value, __ATOMIC_RELAXED);
}

/* The octave of ns, from 0 on: how often its buckets' width has doubled. */
static unsigned int octave_of(uint64_t ns)
{
    return ns < LP_SPREAD_PER_OCTAVE
               ? 0
               : 63 - LINEAR_BITS - (unsigned int)__builtin_clzl(ns);
}

static unsigned int find_bucket(uint64_t ns)
{
    const unsigned int octave = octave_of(ns);
    const unsigned int bucket =
        octave * LP_SPREAD_PER_OCTAVE + (unsigned int)(ns >> octave);

    return min(bucket, LP_SPREAD_BUCKETS - 1U);
}

/* find_bucket() turned round: the time in the middle of a bucket. */
static uint64_t middle_of(unsigned int bucket)
{
    const unsigned int octave = bucket < 2 * LP_SPREAD_PER_OCTAVE
                                    ? 0
                                    : bucket / LP_SPREAD_PER_OCTAVE - 1;
    const uint64_t first = (uint64_t)(bucket - octave * LP_SPREAD_PER_OCTAVE)
                           << octave;

    return first + (1UL << octave) / 2;
}

void lp_spread_add(struct lp_spread *spread, uint64_t ns)
{
    uint32_t *bucket = &spread->bucket[find_bucket(ns)];
    const uint64_t nr = spread->nr;

    if (nr == 0 || ns < spread->min) {
        write_field(&spread->min, ns);
    }
    if (ns > spread->max) {
        write_field(&spread->max, ns);
    }
    write_field(&spread->last, ns);
    __atomic_store_n(bucket, *bucket + 1, __ATOMIC_RELAXED);
    /* Release: pairs with the acquire in lp_spread_read(). */
    __atomic_store_n(&spread->nr, nr + 1, __ATOMIC_RELEASE);
}

/* The bucket of the time number `rank`, from 0 on, in ascending order. */
static unsigned int find_rank(const struct lp_spread *spread, uint64_t rank)
{
    unsigned int bucket = 0;

    while (bucket < LP_SPREAD_BUCKETS - 1) {
        const uint32_t nr =
            __atomic_load_n(&spread->bucket[bucket], __ATOMIC_RELAXED);

        if (rank < nr) {
            break;
        }
        rank -= nr;
        bucket++;
    }
    return bucket;
}

struct livepatch_ext_spread lp_spread_read(const struct lp_spread *spread)
{
    struct livepatch_ext_spread shown = {
        .nr = __atomic_load_n(&spread->nr, __ATOMIC_ACQUIRE),
    };
    uint64_t median;

    if (shown.nr == 0) {
        return shown;
    }
    shown.last = read_field(&spread->last);
    shown.min = read_field(&spread->min);
    shown.max = read_field(&spread->max);
    median = middle_of(find_rank(spread, (shown.nr - 1) / 2));
    shown.median = max(shown.min, min(median, shown.max));
    return shown;
}
