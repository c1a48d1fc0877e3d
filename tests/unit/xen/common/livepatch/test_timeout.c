// SPDX-License-Identifier: GPL-2.0
/*
 * How long the pCPUs may take to gather: what the request says, else what the
 * boot option livepatch_timeout= says, in ms, else 30 ms.
 */
#include "request.h"

#include "host/boot_option.h"
#include "host/clock.h"
#include "host/pcpu.h"

#include <stdio.h>

#define OPTION "livepatch_timeout"
#define DEFAULT_MS "30"

/* An APPLY that waits for a pCPU which never comes, until time stands at
 * `deadline_ns`: no earlier and no later is when it gives up. */
static void assert_gives_up_after(uint32_t asked_ns, long deadline_ns)
{
    struct request apply = action_request("fix", APPLY);
    char line[64];

    assert_int_equal(upload("fix"), 0);
    put(&apply, AT_ACTION_TIMEOUT, asked_ns, 4);
    host_cpus_start(2);
    host_cpu_hold(1, HOST_AT_KICK);
    host_clock_fake(SECONDS(1));
    host_clock_jump_at(0, deadline_ns);
    assert_int_equal(send_request(&apply), 0);
    assert_int_equal(find_payload("fix")->rc, -EBUSY);
    snprintf(line, sizeof(line), "not applied: after %ld ns", deadline_ns);
    assert_logged(line);
    host_cpus_stop();
    host_clock_real();
    assert_int_equal(act("fix", UNLOAD), 0);
}

static void default_is_30_ms(void **state)
{
    (void)state;
    assert_gives_up_after(0, MILLISECS(30));
}

static void request_s_timeout_counts_first(void **state)
{
    (void)state;
    assert_int_equal(host_boot_option(OPTION, "7"), 0);
    assert_gives_up_after(12345, 12345);
    assert_int_equal(host_boot_option(OPTION, DEFAULT_MS), 0);
}

static void longest_timeout_of_a_request_is_4_s(void **state)
{
    (void)state;
    assert_gives_up_after(UINT32_MAX, 4294967295L);
}

struct good_row {
    const char *name;
    const char *value;
    unsigned int ms;
};

static const struct good_row good_values[] = {
    {"option_of_1_ms", "1", 1},
    {"option_of_500_ms", "500", 500},
    {"option_of_a_minute", "60000", 60000},
};

static void option_is_the_default(void **state)
{
    const struct good_row *row = *state;

    assert_int_equal(host_boot_option(OPTION, row->value), 0);
    assert_gives_up_after(0, MILLISECS((long)row->ms));
    assert_int_equal(host_boot_option(OPTION, DEFAULT_MS), 0);
}

struct bad_row {
    const char *name;
    const char *value;
};

static const struct bad_row bad_values[] = {
    {"option_without_value_is_refused", ""},
    {"option_of_0_is_refused", "0"},
    {"option_over_a_minute_is_refused", "60001"},
    {"option_of_2_to_64_ms_is_refused", "18446744073709551616"},
    {"option_of_2_to_64_and_1_ms_is_refused", "18446744073709551617"},
    {"option_that_wraps_twice_is_refused", "368934881474191032330"},
    {"option_below_0_is_refused", "-1"},
    {"option_with_a_unit_is_refused", "30ms"},
    {"option_with_a_space_is_refused", " 30"},
    {"option_of_a_fraction_is_refused", "1.5"},
    {"option_of_words_is_refused", "soon"},
};

static void option_is_refused(void **state)
{
    const struct bad_row *row = *state;

    assert_int_equal(host_boot_option(OPTION, row->value), -EINVAL);
    assert_gives_up_after(0, MILLISECS(30));
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, default_is_30_ms);
    host_add(&tests, request_s_timeout_counts_first);
    host_add(&tests, longest_timeout_of_a_request_is_4_s);
    host_add_rows(&tests, good_values, option_is_the_default);
    host_add_rows(&tests, bad_values, option_is_refused);
    return host_run(&tests);
}
