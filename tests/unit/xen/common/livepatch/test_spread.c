// SPDX-License-Identifier: GPL-2.0
/*
 * The distribution of times: extremes exact, the median to 1/16, whatever the
 * order and the size of what is added.
 */
#include "host/test.h"

#include "spread.h"

static struct lp_spread spread;

static void empty(void)
{
    memset(&spread, 0, sizeof(spread));
}

static void empty_one_counts_nothing(void **state)
{
    (void)state;
    empty();
    assert_int_equal(lp_spread_read(&spread).nr, 0);
}

/* The count is raised last, while others look. */
static void time_that_is_not_counted_yet_is_not_shown(void **state)
{
    struct livepatch_ext_spread shown;

    (void)state;
    empty();
    spread.min = spread.max = spread.last = 77;
    shown = lp_spread_read(&spread);
    assert_int_equal(shown.last, 0);
    assert_int_equal(shown.min, 0);
    assert_int_equal(shown.max, 0);
    assert_int_equal(shown.median, 0);
}

/* A bucket counts to 2^32, the whole further. */
static void bucket_that_has_begun_anew_is_survived(void **state)
{
    uint64_t last_bucket;

    (void)state;
    empty();
    lp_spread_add(&spread, 0);
    lp_spread_add(&spread, UINT64_MAX);
    lp_spread_add(&spread, UINT64_MAX);
    last_bucket = lp_spread_read(&spread).median;
    empty();
    spread.nr = 1UL << 32;
    spread.max = UINT64_MAX;
    assert_true(lp_spread_read(&spread).median == last_bucket);
}

static void one_time_is_all_of_it(void **state)
{
    static const uint64_t times[] = {
        0,    1,         15,       16, 17, 1000, 1UL << 20, (1UL << 40) - 1,
        1023, 1UL << 40, INT64_MAX};

    (void)state;
    for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
        struct livepatch_ext_spread shown;

        empty();
        lp_spread_add(&spread, times[i]);
        shown = lp_spread_read(&spread);
        assert_int_equal(shown.nr, 1);
        assert_int_equal(shown.last, times[i]);
        assert_int_equal(shown.min, times[i]);
        assert_int_equal(shown.median, times[i]);
        assert_int_equal(shown.max, times[i]);
    }
}

static void extremes_and_last_are_exact(void **state)
{
    struct livepatch_ext_spread shown;

    (void)state;
    empty();
    lp_spread_add(&spread, 70001);
    lp_spread_add(&spread, 999999937);
    lp_spread_add(&spread, 12345);
    lp_spread_add(&spread, 80000);
    shown = lp_spread_read(&spread);
    assert_int_equal(shown.nr, 4);
    assert_int_equal(shown.min, 12345);
    assert_int_equal(shown.max, 999999937);
    assert_int_equal(shown.last, 80000);
}

/* Of an even number of times it is the lower one in the middle. */
static void small_median_is_exact(void **state)
{
    static const uint64_t times[] = {31, 3, 29, 7, 5, 2};
    static const uint64_t medians[] = {31, 3, 29, 7, 7, 5};

    (void)state;
    empty();
    for (size_t i = 0; i < 6; i++) {
        lp_spread_add(&spread, times[i]);
        assert_int_equal(lp_spread_read(&spread).median, medians[i]);
    }
}

static void assert_near(uint64_t is, uint64_t wanted)
{
    assert_in_range(is, wanted - wanted / 16, wanted + wanted / 16);
}

static void median_is_exact_to_a_sixteenth_at_any_size(void **state)
{
    (void)state;
    for (uint64_t middle = 1; middle < 1UL << 39; middle += middle / 7 + 1) {
        empty();
        lp_spread_add(&spread, 0);
        lp_spread_add(&spread, middle);
        lp_spread_add(&spread, 1UL << 40);
        assert_near(lp_spread_read(&spread).median, middle);
    }
}

/* A bucket's width is a sixteenth of where its octave begins. */
static void median_is_the_middle_of_its_bucket(void **state)
{
    static const uint64_t times[] = {32, 1024, 1 << 20};

    (void)state;
    for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
        empty();
        lp_spread_add(&spread, 0);
        lp_spread_add(&spread, times[i]);
        lp_spread_add(&spread, 1UL << 40);
        assert_int_equal(lp_spread_read(&spread).median,
                         times[i] + times[i] / 32);
    }
}

static void median_of_many_is_in_the_middle(void **state)
{
    (void)state;
    empty();
    for (uint64_t i = 0; i < 10001; i++) {
        lp_spread_add(&spread, 1000000 + i * 7919 % 10001 * 100);
    }
    assert_int_equal(lp_spread_read(&spread).nr, 10001);
    assert_near(lp_spread_read(&spread).median, 1500000);
}

/* The bucket's middle may lie outside of what was added. */
static void median_lies_between_the_extremes(void **state)
{
    struct livepatch_ext_spread shown;

    (void)state;
    empty();
    lp_spread_add(&spread, 1UL << 30);
    lp_spread_add(&spread, (1UL << 30) + 1);
    shown = lp_spread_read(&spread);
    assert_in_range(shown.median, shown.min, shown.max);
}

static void times_too_long_for_a_bucket_count(void **state)
{
    struct livepatch_ext_spread shown;

    (void)state;
    empty();
    for (unsigned int i = 0; i < 3; i++) {
        lp_spread_add(&spread, UINT64_MAX - i);
    }
    shown = lp_spread_read(&spread);
    assert_int_equal(shown.nr, 3);
    assert_true(shown.min == UINT64_MAX - 2 && shown.max == UINT64_MAX);
    assert_true(shown.median >= shown.min);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, empty_one_counts_nothing);
    host_add(&tests, time_that_is_not_counted_yet_is_not_shown);
    host_add(&tests, bucket_that_has_begun_anew_is_survived);
    host_add(&tests, one_time_is_all_of_it);
    host_add(&tests, extremes_and_last_are_exact);
    host_add(&tests, small_median_is_exact);
    host_add(&tests, median_is_exact_to_a_sixteenth_at_any_size);
    host_add(&tests, median_is_the_middle_of_its_bucket);
    host_add(&tests, median_of_many_is_in_the_middle);
    host_add(&tests, median_lies_between_the_extremes);
    host_add(&tests, times_too_long_for_a_bucket_count);
    return host_run(&tests);
}
