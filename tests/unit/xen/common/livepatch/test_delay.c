// SPDX-License-Identifier: GPL-2.0
/*
 * Delays for tests: how they are asked for, and that each makes its pCPU, and
 * no other, lose time at its place, as often as was asked for.
 */
#include "host/test.h"

#include <xen/time.h>

#include "delay.h"
#include "host/pcpu.h"
#include "rendezvous.h"
#include "telemetry.h"

#define DELAY_US 3000

static int no_work(void *arg)
{
    (void)arg;
    return 0;
}

static struct lp_rendezvous_report run_turn(void)
{
    struct lp_rendezvous_report report;

    assert_int_equal(lp_rendezvous_run(no_work, NULL, SECONDS(20), &report), 0);
    host_cpus_await_idle();
    return report;
}

struct place_row {
    const char *name;
    const char *option;
    unsigned int cpu;
    bool is_in_gather, is_in_work;
};

static const struct place_row places[] = {
    {"late_arrival_makes_the_gathering_long", "2:arrive:3000", 2, true, false},
    {"member_that_waits_delays_nobody_else", "1:wait:3000", 1, false, false},
    {"member_that_leaves_delays_nobody_else", "1:leave:3000", 1, false, false},
    {"leader_before_the_kick_makes_gathering_long", "0:kick:3000", 0, true,
     false},
    {"leader_in_the_stop_makes_the_stop_long", "0:run:3000", 0, false, true},
    {"leader_before_the_release_keeps_itself", "0:release:3000", 0, false,
     false},
};

/* The time is lost in the turn, by this pCPU: in its arrival or in its stop. */
static void time_is_lost_at_the_place(void **state)
{
    const struct place_row *row = *state;
    struct lp_rendezvous_report report;
    struct livepatch_ext_cpu part;

    host_cpus_start(3);
    assert_int_equal(lp_delay_set(row->option), 0);
    report = run_turn();
    part = lp_telemetry_of(row->cpu);
    assert_true(part.arrival.last + part.stopped.last >= MICROSECS(DELAY_US));
    if (row->is_in_gather) {
        assert_true(report.gather_ns >= MICROSECS(DELAY_US));
    }
    if (row->is_in_work) {
        assert_true(report.work_ns >= MICROSECS(DELAY_US));
    }
    assert_int_equal(lp_delay_set(""), 0);
}

static void late_pcpu_misses_the_deadline_once(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    host_cpus_start(4);
    assert_int_equal(lp_delay_set("2:arrive:1000000"), 0);
    assert_int_equal(lp_rendezvous_run(no_work, NULL, MILLISECS(50), &report),
                     -EBUSY);
    assert_true(cpumask_test_cpu(2, &report.late));
    host_cpus_await_idle();
    (void)run_turn();
    assert_int_equal(lp_delay_set(""), 0);
}

static void delay_is_used_up_after_its_count(void **state)
{
    const s_time_t start = NOW();

    (void)state;
    assert_int_equal(lp_delay_set("0:run:1000:3"), 0);
    for (unsigned int i = 0; i < 3; i++) {
        assert_true(run_turn().work_ns >= MICROSECS(1000));
    }
    assert_int_equal(lp_delay_set("0:run:60000000:0"), 0);
    (void)run_turn();
    assert_true(NOW() - start < SECONDS(60));
    assert_int_equal(lp_delay_set(""), 0);
}

static void delay_without_a_count_is_taken_once(void **state)
{
    (void)state;
    assert_int_equal(lp_delay_set("0:run:400000"), 0);
    assert_true(run_turn().work_ns >= MILLISECS(400));
    assert_true(run_turn().work_ns < MILLISECS(400));
    assert_int_equal(lp_delay_set(""), 0);
}

static void delays_at_several_places_add_up(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    host_cpus_start(3);
    assert_int_equal(
        lp_delay_set("1:arrive:1000,0:run:2000,0:run:2000,2:wait:1"), 0);
    report = run_turn();
    assert_true(report.gather_ns >= MICROSECS(1000));
    assert_true(report.work_ns >= MICROSECS(4000));
    assert_int_equal(lp_delay_set(""), 0);
}

static void bad_option_is_einval_and_sets_nothing(void **state)
{
    static const char *const options[] = {
        "1",
        "1:",
        "1:arrive",
        "1:arrive:",
        ":arrive:1",
        "64:arrive:1",
        "1:nowhere:1",
        "1::1",
        "1:arrive:60000001",
        "1:arrive:1:",
        "1:arrive:1:x",
        "1:arrive:1:1:1",
        "1:arrive:1,",
        "1:arrive:1 2:arrive:1",
        "-1:arrive:1",
        "1:arrive:1,1:arrive:1,1:arrive:1,1:arrive:1,1:arrive:1,1:arrive:1,"
        "1:arrive:1,1:arrive:1,1:arrive:1,1:arrive:1,1:arrive:1,1:arrive:1,"
        "1:arrive:1,1:arrive:1,1:arrive:1,1:arrive:1,1:arrive:1",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
        assert_int_equal(lp_delay_set("0:run:1"), 0);
        assert_int_equal(lp_delay_set(options[i]), -EINVAL);
        assert_false(lp_delay_is_set);
    }
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, places, time_is_lost_at_the_place);
    host_add(&tests, late_pcpu_misses_the_deadline_once);
    host_add(&tests, delay_is_used_up_after_its_count);
    host_add(&tests, delay_without_a_count_is_taken_once);
    host_add(&tests, delays_at_several_places_add_up);
    host_add(&tests, bad_option_is_einval_and_sets_nothing);
    return host_run(&tests);
}
