// SPDX-License-Identifier: GPL-2.0
/*
 * An exception on a pCPU that stands still: what it leads to runs when no text
 * is being changed any more.
 */
#include "host/test.h"

#include <unistd.h>

#include <xen/livepatch.h>
#include <xen/smp.h>
#include <xen/time.h>
#include <asm/system.h>

#include "host/clock.h"
#include "host/pcpu.h"
#include "rendezvous.h"

#define NR_CPUS_USED 4
#define LONG_TIMEOUT SECONDS(20)

static bool is_changing; /* the text */
static unsigned int nr_interrupted, nr_settled, nr_saw_change, nr_unsynced;

static void start(unsigned int nr_cpus)
{
    is_changing = false;
    nr_interrupted = nr_settled = nr_saw_change = nr_unsynced = 0;
    host_cpus_start(nr_cpus);
}

static unsigned int read_count(const unsigned int *count)
{
    return __atomic_load_n(count, __ATOMIC_SEQ_CST);
}

static void add_one(unsigned int *count)
{
    __atomic_fetch_add(count, 1, __ATOMIC_SEQ_CST);
}

/* What the report runs may be text that has just changed. */
static void report_fault(unsigned int cpu)
{
    const unsigned long syncs = host_cpu_syncs(cpu);

    add_one(&nr_interrupted);
    livepatch_settle();
    if (host_cpu_syncs(cpu) == syncs) {
        add_one(&nr_unsynced);
    }
    if (__atomic_load_n(&is_changing, __ATOMIC_SEQ_CST)) {
        add_one(&nr_saw_change);
    }
    add_one(&nr_settled);
}

/* Does not end before all others have come to their report. */
static int change_text(void *arg)
{
    (void)arg;
    __atomic_store_n(&is_changing, true, __ATOMIC_SEQ_CST);
    while (read_count(&nr_interrupted) < NR_CPUS_USED - 1) {
        host_relax();
    }
    assert_int_equal(read_count(&nr_settled), 0);
    __atomic_store_n(&is_changing, false, __ATOMIC_SEQ_CST);
    return 0;
}

static void await_count(const unsigned int *count, unsigned int nr)
{
    while (read_count(count) < nr) {
        host_relax();
    }
}

/* Every pCPU but the leader meets a fault while the text changes. */
static void change_text_amid_reports(void)
{
    struct lp_rendezvous_report report;

    start(NR_CPUS_USED);
    host_cpus_interrupt(report_fault);
    assert_int_equal(
        lp_rendezvous_run(change_text, NULL, LONG_TIMEOUT, &report), 0);
    await_count(&nr_settled, NR_CPUS_USED - 1);
}

static void report_waits_for_the_end_of_the_change(void **state)
{
    (void)state;
    change_text_amid_reports();
    assert_int_equal(nr_saw_change, 0);
}

static int count_settled(void *arg)
{
    *(unsigned int *)arg = read_count(&nr_settled);
    return 0;
}

static void report_fetches_the_new_text(void **state)
{
    (void)state;
    change_text_amid_reports();
    assert_int_equal(nr_unsynced, 0);
}

static void let_the_last_one_go(void)
{
    if (read_count(&nr_interrupted) == NR_CPUS_USED - 2) {
        host_cpu_let_go(3, HOST_AT_KICK);
    }
}

/* The last pCPU arrives after the fault, and then the text changes. */
static void report_of_one_that_arrived_early_waits_too(void **state)
{
    struct lp_rendezvous_report report;
    unsigned int settled_at_work = ~0u;

    (void)state;
    start(NR_CPUS_USED);
    host_cpu_hold(3, HOST_AT_KICK);
    host_cpus_interrupt(report_fault);
    host_on_relax(let_the_last_one_go);
    assert_int_equal(lp_rendezvous_run(count_settled, &settled_at_work,
                                       LONG_TIMEOUT, &report),
                     0);
    assert_int_equal(settled_at_work, 0);
    await_count(&nr_settled, NR_CPUS_USED - 2);
}

/* Every place at which pCPU 1 asks for its number, until text is changing. */
static void report_fault_amid_arrival(unsigned int cpu)
{
    if (cpu != 1 || read_count(&nr_interrupted)) {
        return;
    }
    for (unsigned int i = 0; i < 20; i++) {
        if (__atomic_load_n(&is_changing, __ATOMIC_SEQ_CST)) {
            report_fault(cpu);
            return;
        }
        usleep(1000);
    }
}

static int change_text_for_a_while(void *arg)
{
    (void)arg;
    __atomic_store_n(&is_changing, true, __ATOMIC_SEQ_CST);
    while (read_count(&nr_interrupted) < 1) {
        host_relax();
    }
    usleep(20000);
    __atomic_store_n(&is_changing, false, __ATOMIC_SEQ_CST);
    return 0;
}

/* It has been counted, and has not said so yet. */
static void report_of_one_that_is_just_arriving_waits_too(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    start(2);
    host_cpus_interrupt_at_id(report_fault_amid_arrival);
    assert_int_equal(
        lp_rendezvous_run(change_text_for_a_while, NULL, LONG_TIMEOUT, &report),
        0);
    await_count(&nr_settled, 1);
    assert_int_equal(nr_saw_change, 0);
}

static void report_goes_on_after_an_abort(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    start(NR_CPUS_USED);
    host_cpu_hold(3, HOST_AT_KICK);
    host_cpus_interrupt(report_fault);
    host_clock_fake(SECONDS(1));
    host_clock_jump_at(2, MILLISECS(31));
    assert_int_equal(
        lp_rendezvous_run(change_text, NULL, MILLISECS(30), &report), -EBUSY);
    await_count(&nr_settled, 2);
    host_clock_real();
}

static int settle_and_tell(void *arg)
{
    livepatch_settle();
    *(bool *)arg = true;
    return 0;
}

static void fault_of_the_leader_itself_is_reported_at_once(void **state)
{
    struct lp_rendezvous_report report;
    bool was_reported = false;

    (void)state;
    start(2);
    assert_int_equal(lp_rendezvous_run(settle_and_tell, &was_reported,
                                       LONG_TIMEOUT, &report),
                     0);
    assert_true(was_reported);
}

/* The leader's time stands still for the others, too: it jumps. */
static int hang_for_two_seconds(void *arg)
{
    (void)arg;
    while (read_count(&nr_interrupted) < 1) {
        host_relax();
    }
    while (read_count(&nr_settled) < 1) {
        host_clock_advance(MILLISECS(100));
        host_relax();
    }
    return 0;
}

static void report_does_not_wait_for_ever(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    start(2);
    host_cpus_interrupt(report_fault);
    host_clock_fake(SECONDS(1));
    assert_int_equal(
        lp_rendezvous_run(hang_for_two_seconds, NULL, LONG_TIMEOUT, &report),
        0);
    host_clock_real();
}

static void fault_without_a_turn_is_reported_at_once(void **state)
{
    (void)state;
    start(2);
    livepatch_settle();
    assert_int_equal(host_cpu_syncs(0), 0);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, report_waits_for_the_end_of_the_change);
    host_add(&tests, report_fetches_the_new_text);
    host_add(&tests, report_of_one_that_arrived_early_waits_too);
    host_add(&tests, report_of_one_that_is_just_arriving_waits_too);
    host_add(&tests, report_goes_on_after_an_abort);
    host_add(&tests, fault_of_the_leader_itself_is_reported_at_once);
    host_add(&tests, report_does_not_wait_for_ever);
    host_add(&tests, fault_without_a_turn_is_reported_at_once);
    return host_run(&tests);
}
