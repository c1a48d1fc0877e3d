// SPDX-License-Identifier: GPL-2.0
/*
 * Sorting by rank.
 */
#include "host/test.h"

#include "order.h"

#define MOST 5000

static struct lp_ranked ranked[MOST], scratch[MOST];

/* Numbers without order that repeat: the same every time. */
static uint32_t scramble(uint32_t i)
{
    return (i * 2654435761u) % 1000 * 4294967u;
}

static void assert_sorted(uint32_t nr)
{
    for (uint32_t i = 1; i < nr; i++) {
        assert_true(ranked[i - 1].key < ranked[i].key ||
                    (ranked[i - 1].key == ranked[i].key &&
                     ranked[i - 1].number < ranked[i].number));
    }
}

static void keys_ascend_and_equal_ones_keep_their_order(void **state)
{
    static const uint32_t counts[] = {0, 1, 2, 3, 255, 256, 257, MOST};

    (void)state;
    for (unsigned int c = 0; c < sizeof(counts) / sizeof(*counts); c++) {
        for (uint32_t i = 0; i < counts[c]; i++) {
            ranked[i] = (struct lp_ranked){.key = scramble(i), .number = i};
        }
        lp_order_sort(ranked, scratch, counts[c]);
        assert_sorted(counts[c]);
    }
}

static void every_byte_of_the_key_counts(void **state)
{
    static const uint32_t keys[] = {0xff000000, 0x00ff0000, 0x0000ff00,
                                    0x000000ff, 0xffffffff, 0};
    static const uint32_t numbers[] = {5, 3, 2, 1, 0, 4};

    (void)state;
    for (uint32_t i = 0; i < 6; i++) {
        ranked[i] = (struct lp_ranked){.key = keys[i], .number = i};
    }
    lp_order_sort(ranked, scratch, 6);
    for (uint32_t i = 0; i < 6; i++) {
        assert_int_equal(ranked[i].number, numbers[i]);
    }
}

/* Each set of bytes in which keys differ takes passes of its own. */
static void keys_may_have_any_bytes_in_common(void **state)
{
    static const uint32_t masks[] = {0,          0xff,       0xff00,
                                     0xff0000,   0xff000000, 0xffff,
                                     0xff00ff00, 0xffffff,   0xffff00ff};

    (void)state;
    for (unsigned int m = 0; m < sizeof(masks) / sizeof(*masks); m++) {
        const uint32_t same = 0xa5a5a5a5 & ~masks[m];

        for (uint32_t i = 0; i < MOST; i++) {
            ranked[i] = (struct lp_ranked){
                .key = (i * 2654435761u & masks[m]) | same,
                .number = i,
            };
        }
        lp_order_sort(ranked, scratch, MOST);
        assert_sorted(MOST);
        for (uint32_t i = 0; i < MOST; i++) {
            assert_int_equal(ranked[i].key,
                             (ranked[i].number * 2654435761u & masks[m]) |
                                 same);
        }
    }
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, keys_ascend_and_equal_ones_keep_their_order);
    host_add(&tests, every_byte_of_the_key_counts);
    host_add(&tests, keys_may_have_any_bytes_in_common);
    return host_run(&tests);
}
