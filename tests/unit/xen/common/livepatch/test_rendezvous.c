// SPDX-License-Identifier: GPL-2.0
/*
 * The rendezvous, with threads as pCPUs: all stop or nothing runs, a late one
 * is named, and no turn disturbs the next, whatever the order in which pCPUs
 * come and go.
 *
 * lint: long file: one protocol, whose tests share its fake time and work
 */
#include "host/test.h"

#include <unistd.h>

#include <xen/cpu.h>
#include <xen/livepatch.h>
#include <xen/smp.h>
#include <xen/time.h>

#include "host/clock.h"
#include "host/pcpu.h"
#include "rendezvous.h"

#define LONG_TIMEOUT SECONDS(20)

static unsigned int nr_runs;
static unsigned int ran_on;

static int count_run(void *arg)
{
    nr_runs++;
    ran_on = smp_processor_id();
    return arg ? *(int *)arg : 0;
}

static int run_turn(struct lp_rendezvous_report *report)
{
    return lp_rendezvous_run(count_run, NULL, LONG_TIMEOUT, report);
}

/* Fake time that goes past the deadline once nr pCPUs have arrived. */
static int run_turn_late_at(unsigned int nr,
                            struct lp_rendezvous_report *report)
{
    host_clock_fake(SECONDS(1));
    host_clock_jump_at(nr, MILLISECS(31));
    return lp_rendezvous_run(count_run, NULL, MILLISECS(30), report);
}

static void start(unsigned int nr_cpus)
{
    nr_runs = 0;
    ran_on = ~0u;
    host_cpus_start(nr_cpus);
}

static void lone_pcpu_runs_at_once(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    start(1);
    assert_int_equal(run_turn(&report), 0);
    assert_int_equal(nr_runs, 1);
    assert_int_equal(report.nr_cpus, 1);
    assert_int_equal(cpumask_weight(&report.late), 0);
}

static void result_of_the_work_is_returned(void **state)
{
    struct lp_rendezvous_report report;
    int result = -7;

    (void)state;
    start(3);
    assert_int_equal(
        lp_rendezvous_run(count_run, &result, LONG_TIMEOUT, &report), -7);
    assert_int_equal(cpumask_weight(&report.late), 0);
}

static void work_runs_once_on_the_caller_with_1_to_8_pcpus(void **state)
{
    (void)state;
    for (unsigned int nr = 1; nr <= 8; nr++) {
        struct lp_rendezvous_report report;

        start(nr);
        assert_int_equal(run_turn(&report), 0);
        assert_int_equal(nr_runs, 1);
        assert_int_equal(ran_on, 0);
        assert_int_equal(report.nr_cpus, nr);
        assert_true(report.gather_ns >= 0 && report.work_ns >= 0);
        host_cpus_stop();
    }
}

static void sixty_four_pcpus_gather(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    start(NR_CPUS);
    for (unsigned int i = 0; i < 20; i++) {
        assert_int_equal(run_turn(&report), 0);
        assert_int_equal(report.nr_cpus, NR_CPUS);
    }
    assert_int_equal(nr_runs, 20);
}

/* ---- standing still ---------------------------------------------------- */

static uint64_t progress[NR_CPUS];

static void make_progress(unsigned int cpu)
{
    __atomic_fetch_add(&progress[cpu], 1, __ATOMIC_SEQ_CST);
}

static int watch_progress(void *arg)
{
    uint64_t before[NR_CPUS];

    (void)arg;
    for (unsigned int cpu = 0; cpu < NR_CPUS; cpu++) {
        before[cpu] = __atomic_load_n(&progress[cpu], __ATOMIC_SEQ_CST);
    }
    usleep(2000);
    for (unsigned int cpu = 0; cpu < NR_CPUS; cpu++) {
        if (before[cpu] != __atomic_load_n(&progress[cpu], __ATOMIC_SEQ_CST)) {
            return -1;
        }
    }
    return 0;
}

static void await_progress(unsigned int nr_cpus)
{
    for (unsigned int cpu = 1; cpu < nr_cpus; cpu++) {
        const uint64_t before =
            __atomic_load_n(&progress[cpu], __ATOMIC_SEQ_CST);

        while (__atomic_load_n(&progress[cpu], __ATOMIC_SEQ_CST) == before) {
            usleep(50);
        }
    }
}

static void busy_pcpus_stand_still_while_the_work_runs(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    start(4);
    host_cpus_work(make_progress);
    for (unsigned int i = 0; i < 20; i++) {
        await_progress(4);
        assert_int_equal(
            lp_rendezvous_run(watch_progress, NULL, LONG_TIMEOUT, &report), 0);
    }
}

/* ---- late ones ---------------------------------------------------------- */

static void late_pcpu_is_named_and_nothing_runs(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    start(4);
    host_cpu_hold(2, HOST_AT_KICK);
    assert_int_equal(run_turn_late_at(2, &report), -EBUSY);
    assert_int_equal(nr_runs, 0);
    assert_int_equal(cpumask_weight(&report.late), 1);
    assert_true(cpumask_test_cpu(2, &report.late));
    assert_int_equal(report.nr_cpus, 4);
    assert_int_equal(report.gather_ns, MILLISECS(31));
    assert_int_equal(report.work_ns, 0);
}

static void all_late_pcpus_are_named(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    start(8);
    for (unsigned int cpu = 1; cpu < 8; cpu++) {
        host_cpu_hold(cpu, HOST_AT_KICK);
    }
    assert_int_equal(run_turn_late_at(0, &report), -EBUSY);
    assert_int_equal(cpumask_weight(&report.late), 7);
    assert_false(cpumask_test_cpu(0, &report.late));
}

static void expire_when_places_are_taken(void)
{
    if (host_cpus_waiting() == 1 && host_cpu_is_held(2, HOST_AT_KICK) &&
        host_cpu_is_held(3, HOST_AT_CLOCK)) {
        host_clock_advance(MILLISECS(31));
        host_on_relax(NULL);
    }
}

/* pCPU 2 serves its guest, 3 is on its way and not counted in yet. */
static void run_turn_late_for_2_and_3(struct lp_rendezvous_report *report)
{
    start(4);
    host_cpu_hold(2, HOST_AT_KICK);
    host_cpu_set_doing(2, 2, host_symbol("answer"));
    host_cpu_hold(3, HOST_AT_CLOCK);
    host_clock_fake(SECONDS(1));
    host_on_relax(expire_when_places_are_taken);
    assert_int_equal(lp_rendezvous_run(count_run, NULL, MILLISECS(30), report),
                     -EBUSY);
}

static void what_late_pcpus_were_doing_is_told(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    run_turn_late_for_2_and_3(&report);
    assert_int_equal(report.doing[0].cpu, 2);
    assert_int_equal(report.doing[0].where, LIVEPATCH_EXT_IN_HYPERVISOR);
    assert_int_equal(report.doing[0].domain, 0);
    assert_int_equal(report.doing[0].vcpu, 2);
    assert_ptr_equal(report.doing[0].address, host_symbol("answer"));
    assert_int_equal(report.doing[1].cpu, 3);
    assert_int_equal(report.doing[1].where, LIVEPATCH_EXT_IN_HYPERVISOR);
    assert_ptr_equal(report.doing[1].address, check_for_livepatch_work);
}

/* It goes on when the turn is over; what others do in a turn it has not. */
static void pcpu_on_its_way_when_time_runs_out_was_not_there(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    run_turn_late_for_2_and_3(&report);
    host_cpu_let_go(3, HOST_AT_CLOCK);
    host_cpus_await_idle();
    assert_int_equal(host_cpu_syncs(1), 1);
    assert_int_equal(host_cpu_syncs(3), 0);
}

static void pcpus_that_had_arrived_are_let_go(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    start(4);
    host_cpu_hold(2, HOST_AT_KICK);
    assert_int_equal(run_turn_late_at(2, &report), -EBUSY);
    host_cpus_await_idle();
    assert_int_equal(host_cpus_waiting(), 0);
    assert_int_equal(host_cpu_syncs(1), 1);
    assert_int_equal(host_cpu_syncs(3), 1);
}

static void pcpu_that_comes_after_the_abort_goes_on(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    start(3);
    host_cpu_hold(2, HOST_AT_KICK);
    assert_int_equal(run_turn_late_at(1, &report), -EBUSY);
    host_cpu_let_go(2, HOST_AT_KICK);
    host_cpus_await_idle();
    assert_int_equal(host_cpu_syncs(2), 0);
    assert_int_equal(nr_runs, 0);
}

static void turn_after_an_abort_works(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    start(4);
    host_cpu_hold(3, HOST_AT_KICK);
    assert_int_equal(run_turn_late_at(2, &report), -EBUSY);
    host_cpu_let_go(3, HOST_AT_KICK);
    host_clock_real();
    assert_int_equal(run_turn(&report), 0);
    assert_int_equal(nr_runs, 1);
    assert_int_equal(cpumask_weight(&report.late), 0);
}

/*
 * pCPU 2 has seen turn N gather and gets no further, before it has counted
 * itself in, until N was given up and N+1 waits for it.
 */
static void expire_when_2_is_held(void)
{
    if (host_cpus_waiting() == 2 && host_cpu_is_held(2, HOST_AT_ID)) {
        host_clock_advance(MILLISECS(31));
        host_on_relax(NULL);
    }
}

static void let_go_when_others_wait(void)
{
    if (host_cpus_waiting() == 2) {
        host_cpu_let_go(2, HOST_AT_ID);
        host_on_relax(NULL);
    }
}

/* How often members have left a turn, all together. */
static unsigned long nr_leaves(void)
{
    unsigned long nr = 0;

    for (unsigned int cpu = 1; cpu < NR_CPUS; cpu++) {
        nr += host_cpu_syncs(cpu);
    }
    return nr;
}

static unsigned long leaves_before;

/* Nobody leaves before the work is done. */
static int watch_for_leavers(void *arg)
{
    usleep(5000);
    return nr_leaves() == leaves_before ? count_run(arg) : -1;
}

static void pcpu_late_for_one_turn_joins_the_next(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    start(4);
    host_cpu_hold(2, HOST_AT_ID);
    host_clock_fake(SECONDS(1));
    host_on_relax(expire_when_2_is_held);
    assert_int_equal(lp_rendezvous_run(count_run, NULL, MILLISECS(30), &report),
                     -EBUSY);
    assert_true(cpumask_test_cpu(2, &report.late));
    assert_int_equal(cpumask_weight(&report.late), 1);
    assert_int_equal(nr_runs, 0);
    host_cpus_await_idle();
    leaves_before = nr_leaves();
    host_cpus_spin(true);
    host_on_relax(let_go_when_others_wait);
    assert_int_equal(
        lp_rendezvous_run(watch_for_leavers, NULL, MILLISECS(30), &report), 0);
    assert_int_equal(nr_runs, 1);
    host_cpus_await_idle();
    assert_int_equal(host_cpu_syncs(2), 1);
}

/*
 * pCPU 2 is counted in, and has not said so, when the turn is given up for
 * pCPU 3: it must not be named. 3 is; so the list is never empty either.
 */
static unsigned int expire_step;

/* It asks for its number to see whether it has been here, to say that it is on
 * its way, and, counted in, to say that it has arrived. */
static void expire_amid_arrival(void)
{
    const bool is_held = host_cpu_is_held(2, HOST_AT_ID);

    if (expire_step < 2 && is_held) {
        host_cpu_step(2, HOST_AT_ID);
        expire_step++;
    } else if (expire_step == 2 && is_held && host_cpus_waiting() == 1) {
        host_clock_advance(MILLISECS(31));
        expire_step = 3;
    } else if (expire_step == 3) {
        host_cpu_let_go(2, HOST_AT_ID);
    }
}

/* A turn of four that is given up for pCPU 3, while 2 comes as it is let. */
static void run_turn_late_for_3(void (*let_2_come)(void),
                                struct lp_rendezvous_report *report)
{
    start(4);
    host_cpu_hold(2, HOST_AT_ID);
    host_cpu_hold(3, HOST_AT_KICK);
    host_clock_fake(SECONDS(1));
    expire_step = 0;
    host_on_relax(let_2_come);
    assert_int_equal(lp_rendezvous_run(count_run, NULL, MILLISECS(30), report),
                     -EBUSY);
}

static void pcpu_that_arrived_just_in_time_is_not_named(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    run_turn_late_for_3(expire_amid_arrival, &report);
    assert_int_equal(cpumask_weight(&report.late), 1);
    assert_true(cpumask_test_cpu(3, &report.late));
}

/* Far past the bound; a wait without one ends when 2 is let go. */
static void expire_amid_arrival_for_good(void)
{
    static unsigned int nr_calls;

    if (expire_step < 3) {
        nr_calls = 0;
        expire_amid_arrival();
    } else if (++nr_calls < 1000) {
        host_clock_advance(MILLISECS(1));
    } else {
        host_cpu_let_go(2, HOST_AT_ID);
    }
}

/* Its own host has preempted it between the count and the word. */
static void
pcpu_that_does_not_say_that_it_arrived_is_not_waited_for(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    run_turn_late_for_3(expire_amid_arrival_for_good, &report);
    assert_int_equal(cpumask_weight(&report.late), 2);
    assert_true(cpumask_test_cpu(2, &report.late));
}

/* A member that is slow to leave turn N is late for N+1, and is told so. */
static void pcpu_still_leaving_is_late_for_the_next_turn(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    start(3);
    host_cpu_hold(1, HOST_AT_SYNC);
    assert_int_equal(run_turn(&report), 0);
    host_cpus_await_idle();
    assert_int_equal(run_turn_late_at(1, &report), -EBUSY);
    assert_true(cpumask_test_cpu(1, &report.late));
    assert_int_equal(cpumask_weight(&report.late), 1);
    assert_ptr_equal(report.doing[0].address, check_for_livepatch_work);
    assert_int_equal(nr_runs, 1);
    host_cpu_let_go(1, HOST_AT_SYNC);
    host_clock_real();
    assert_int_equal(run_turn(&report), 0);
    assert_int_equal(nr_runs, 2);
}

static void let_waiting_pcpu_go(void)
{
    if (host_cpu_is_held(1, HOST_AT_WAIT)) {
        host_cpu_let_go(1, HOST_AT_WAIT);
    }
}

/* It sleeps through the end of turn N and wakes up in N+1. */
static void pcpu_that_sleeps_past_the_end_joins_the_next_turn(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    start(3);
    host_cpu_hold(1, HOST_AT_WAIT);
    assert_int_equal(run_turn(&report), 0);
    host_cpu_await_held(1, HOST_AT_WAIT);
    host_on_relax(let_waiting_pcpu_go);
    assert_int_equal(run_turn(&report), 0);
    host_cpus_await_idle();
    assert_int_equal(nr_runs, 2);
    assert_int_equal(host_cpu_syncs(1), 2);
}

/* It is neither in its guest nor where its vCPU was. */
static void pcpu_that_sleeps_past_the_end_is_late_in_the_stop(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    start(3);
    host_cpu_hold(1, HOST_AT_WAIT);
    assert_int_equal(run_turn(&report), 0);
    host_cpu_await_held(1, HOST_AT_WAIT);
    assert_int_equal(run_turn_late_at(1, &report), -EBUSY);
    assert_int_equal(report.doing[0].cpu, 1);
    assert_int_equal(report.doing[0].where, LIVEPATCH_EXT_IN_HYPERVISOR);
    assert_ptr_equal(report.doing[0].address, check_for_livepatch_work);
    host_cpu_let_go(1, HOST_AT_WAIT);
}

/* ---- pCPUs that come and go --------------------------------------------- */

static int try_hotplug(void *arg)
{
    (void)arg;
    nr_runs++;
    return cpu_hotplug_begin();
}

static void no_pcpu_comes_or_goes_while_the_work_runs(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    start(3);
    assert_int_equal(
        lp_rendezvous_run(try_hotplug, NULL, LONG_TIMEOUT, &report), 0);
    assert_int_equal(nr_runs, 1);
    assert_true(host_cpu_set_online(3, true));
}

static void pcpus_come_and_go_again_after_an_abort(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    start(3);
    host_cpu_hold(2, HOST_AT_KICK);
    assert_int_equal(run_turn_late_at(1, &report), -EBUSY);
    host_cpu_let_go(2, HOST_AT_KICK);
    assert_true(host_cpu_set_online(3, true));
    assert_true(host_cpu_set_online(3, false));
}

static void no_turn_begins_while_a_pcpu_comes_or_goes(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    start(3);
    memset(&report, 0xff, sizeof(report));
    assert_true(cpu_hotplug_begin());
    assert_int_equal(run_turn(&report), -EBUSY);
    assert_int_equal(report.nr_cpus, 0);
    assert_int_equal(report.gather_ns, 0);
    assert_int_equal(report.work_ns, 0);
    assert_int_equal(cpumask_weight(&report.late), 0);
    cpu_hotplug_done();
    assert_int_equal(nr_runs, 0);
    assert_int_equal(host_cpu_kicks(1), 0);
    assert_int_equal(run_turn(&report), 0);
    assert_int_equal(nr_runs, 1);
}

static void each_turn_counts_on_who_is_online_then(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    start(4);
    for (unsigned int i = 0; i < 50; i++) {
        assert_true(host_cpu_set_online(2, false));
        assert_int_equal(run_turn(&report), 0);
        assert_int_equal(report.nr_cpus, 3);
        assert_true(host_cpu_set_online(2, true));
        assert_int_equal(run_turn(&report), 0);
        assert_int_equal(report.nr_cpus, 4);
    }
    assert_int_equal(nr_runs, 100);
}

/* ---- many turns --------------------------------------------------------- */

static void ten_thousand_turns_back_to_back(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    start(4);
    for (unsigned int i = 0; i < 10000; i++) {
        assert_int_equal(run_turn(&report), 0);
    }
    assert_int_equal(nr_runs, 10000);
    host_cpus_await_idle();
    for (unsigned int cpu = 0; cpu < 4; cpu++) {
        assert_int_equal(host_cpu_syncs(cpu), 10000);
    }
}

static void turns_back_to_back_where_waiting_spins(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    start(4);
    host_cpus_spin(true);
    for (unsigned int i = 0; i < 1000; i++) {
        assert_int_equal(run_turn(&report), 0);
    }
    assert_int_equal(nr_runs, 1000);
}

static void delays_anywhere_change_nothing(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    start(6);
    for (unsigned int i = 0; i < 150; i++) {
        const unsigned int cpu = 1 + i % 5;
        const enum host_place place = i % HOST_PLACE_NR;

        host_cpu_delay(cpu, place, 300);
        assert_int_equal(run_turn(&report), 0);
        host_cpu_delay(cpu, place, 0);
    }
    assert_int_equal(nr_runs, 150);
}

/* Real deadlines at about the time at which two pCPUs arrive. */
static void turns_end_well_or_name_who_was_late(void **state)
{
    unsigned int nr_good = 0;

    (void)state;
    start(5);
    host_cpu_delay(1, HOST_AT_KICK, 300);
    host_cpu_delay(3, HOST_AT_KICK, 300);
    for (unsigned int i = 0; i < 2000; i++) {
        struct lp_rendezvous_report report;
        const int rc = lp_rendezvous_run(count_run, NULL,
                                         MICROSECS(350 + i % 100), &report);

        assert_true(rc == 0 || rc == -EBUSY);
        assert_int_equal(cpumask_weight(&report.late) != 0, rc == -EBUSY);
        nr_good += rc == 0;
    }
    assert_int_equal(nr_runs, nr_good);
}

/* ---- who leads ---------------------------------------------------------- */

static int lead_rc = 1;

static void lead_once_on_pcpu_2(unsigned int cpu)
{
    struct lp_rendezvous_report report;

    if (cpu == 2 && __atomic_load_n(&lead_rc, __ATOMIC_ACQUIRE) == 1) {
        const int rc = run_turn(&report);

        __atomic_store_n(&lead_rc, rc, __ATOMIC_RELEASE);
    }
}

static void any_pcpu_can_lead(void **state)
{
    (void)state;
    start(4);
    lead_rc = 1;
    host_cpus_work(lead_once_on_pcpu_2);
    while (__atomic_load_n(&lead_rc, __ATOMIC_ACQUIRE) == 1) {
        check_for_livepatch_work();
    }
    assert_int_equal(lead_rc, 0);
    assert_int_equal(nr_runs, 1);
    assert_int_equal(ran_on, 2);
}

static void safe_point_without_a_turn_does_nothing(void **state)
{
    (void)state;
    start(1);
    check_for_livepatch_work();
    assert_int_equal(host_cpu_syncs(0), 0);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, lone_pcpu_runs_at_once);
    host_add(&tests, result_of_the_work_is_returned);
    host_add(&tests, work_runs_once_on_the_caller_with_1_to_8_pcpus);
    host_add(&tests, sixty_four_pcpus_gather);
    host_add(&tests, busy_pcpus_stand_still_while_the_work_runs);
    host_add(&tests, late_pcpu_is_named_and_nothing_runs);
    host_add(&tests, all_late_pcpus_are_named);
    host_add(&tests, what_late_pcpus_were_doing_is_told);
    host_add(&tests, pcpu_on_its_way_when_time_runs_out_was_not_there);
    host_add(&tests, pcpus_that_had_arrived_are_let_go);
    host_add(&tests, pcpu_that_comes_after_the_abort_goes_on);
    host_add(&tests, turn_after_an_abort_works);
    host_add(&tests, pcpu_late_for_one_turn_joins_the_next);
    host_add(&tests, pcpu_that_arrived_just_in_time_is_not_named);
    host_add(&tests, pcpu_that_does_not_say_that_it_arrived_is_not_waited_for);
    host_add(&tests, pcpu_still_leaving_is_late_for_the_next_turn);
    host_add(&tests, pcpu_that_sleeps_past_the_end_joins_the_next_turn);
    host_add(&tests, pcpu_that_sleeps_past_the_end_is_late_in_the_stop);
    host_add(&tests, no_pcpu_comes_or_goes_while_the_work_runs);
    host_add(&tests, pcpus_come_and_go_again_after_an_abort);
    host_add(&tests, no_turn_begins_while_a_pcpu_comes_or_goes);
    host_add(&tests, each_turn_counts_on_who_is_online_then);
    host_add(&tests, ten_thousand_turns_back_to_back);
    host_add(&tests, turns_back_to_back_where_waiting_spins);
    host_add(&tests, delays_anywhere_change_nothing);
    host_add(&tests, turns_end_well_or_name_who_was_late);
    host_add(&tests, any_pcpu_can_lead);
    host_add(&tests, safe_point_without_a_turn_does_nothing);
    return host_run(&tests);
}
