// SPDX-License-Identifier: GPL-2.0
/*
 * The extension's TELEMETRY: how long stops took, as their leaders and as each
 * pCPU saw them; and key 'x' shows the same.
 */
#include "extension.h"

#include <xen/keyhandler.h>
#include <xen/livepatch.h>
#include <xen/smp.h>

#include "host/clock.h"
#include "host/guest.h"
#include "host/pcpu.h"
#include "rendezvous.h"
#include "request.h"
#include "telemetry.h"

static struct telemetry_answer before, after;

/* With nothing under way; a member counts itself before it sleeps again. */
static void read_into(struct telemetry_answer *answer)
{
    host_cpus_await_idle();
    read_telemetry(NR_CPUS, answer);
    assert_int_equal(answer->rc, 0);
}

static int work_for_50(void *arg)
{
    (void)arg;
    host_clock_advance(50);
    return 0;
}

/* pCPUs 1 and 2 have arrived; 3 comes 300 ns later. */
static void advance_by_300(void)
{
    if (host_cpus_waiting() == 2) {
        host_clock_advance(300);
        host_cpu_let_go(3, HOST_AT_KICK);
        host_on_relax(NULL);
    }
}

static int run_stop(void)
{
    struct lp_rendezvous_report report;

    host_cpu_hold(3, HOST_AT_KICK);
    host_clock_fake(SECONDS(1));
    host_on_relax(advance_by_300);
    return lp_rendezvous_run(work_for_50, NULL, MILLISECS(30), &report);
}

static void stop_counts_once_with_its_times(void **state)
{
    (void)state;
    host_cpus_start(4);
    read_into(&before);
    assert_int_equal(run_stop(), 0);
    read_into(&after);
    assert_int_equal(after.summary.nr_stops, before.summary.nr_stops + 1);
    assert_int_equal(after.summary.nr_missed, before.summary.nr_missed);
    assert_int_equal(after.summary.gather.nr, before.summary.gather.nr + 1);
    assert_int_equal(after.summary.gather.last, 300);
    assert_int_equal(after.summary.stop.last, 50);
    assert_int_equal(after.summary.total.last, 350);
    assert_int_equal(after.summary.now, SECONDS(1) + 350);
}

static void each_pcpu_counts_its_own_part(void **state)
{
    (void)state;
    host_cpus_start(4);
    read_into(&before);
    assert_int_equal(run_stop(), 0);
    read_into(&after);
    assert_int_equal(after.telemetry.nr, 4);
    assert_int_equal(after.telemetry.nr_online, 4);
    for (unsigned int cpu = 0; cpu < 4; cpu++) {
        const struct livepatch_ext_cpu *part = &after.cpu[cpu];

        assert_int_equal(part->cpu, cpu);
        assert_int_equal(part->arrival.nr, before.cpu[cpu].arrival.nr + 1);
        assert_int_equal(part->stopped.nr, before.cpu[cpu].stopped.nr + 1);
        assert_int_equal(part->nr_late, before.cpu[cpu].nr_late);
        assert_int_equal(part->arrival.last, cpu == 3 ? 300 : 0);
        assert_int_equal(part->stopped.last, cpu == 3 ? 50 : 350);
    }
}

static void missed_deadline_counts_as_such_and_whom_it_missed(void **state)
{
    struct lp_rendezvous_report report;

    (void)state;
    host_cpus_start(3);
    read_into(&before);
    host_cpu_hold(2, HOST_AT_KICK);
    host_clock_fake(SECONDS(1));
    host_clock_jump_at(1, MILLISECS(31));
    assert_int_equal(
        lp_rendezvous_run(work_for_50, NULL, MILLISECS(30), &report), -EBUSY);
    host_cpu_let_go(2, HOST_AT_KICK);
    read_into(&after);
    assert_int_equal(after.summary.nr_stops, before.summary.nr_stops);
    assert_int_equal(after.summary.nr_missed, before.summary.nr_missed + 1);
    assert_int_equal(after.summary.stop.nr, before.summary.stop.nr);
    assert_int_equal(after.summary.gather.nr, before.summary.gather.nr + 1);
    assert_int_equal(after.summary.total.last, MILLISECS(31));
    assert_int_equal(after.cpu[2].nr_late, before.cpu[2].nr_late + 1);
    assert_int_equal(after.cpu[2].arrival.nr, before.cpu[2].arrival.nr);
    assert_int_equal(after.cpu[1].nr_late, before.cpu[1].nr_late);
    assert_int_equal(after.cpu[1].arrival.nr, before.cpu[1].arrival.nr + 1);
    assert_int_equal(after.cpu[1].stopped.last, MILLISECS(31));
}

static void clock_that_is_behind_counts_as_no_time(void **state)
{
    (void)state;
    lp_telemetry_note_part(1000, 990, 980);
    read_into(&after);
    assert_int_equal(after.cpu[0].arrival.last, 0);
    assert_int_equal(after.cpu[0].stopped.last, 0);
}

static void action_shows_in_the_telemetry(void **state)
{
    (void)state;
    read_into(&before);
    assert_int_equal(upload("fix"), 0);
    assert_int_equal(act("fix", APPLY), 0);
    assert_int_equal(act("fix", REVERT), 0);
    assert_int_equal(act("fix", UNLOAD), 0);
    read_into(&after);
    assert_int_equal(after.summary.nr_stops, before.summary.nr_stops + 2);
}

static void key_x_shows_the_stops(void **state)
{
    (void)state;
    host_cpus_start(4);
    assert_int_equal(run_stop(), 0);
    host_cpus_await_idle();
    handle_keypress('x');
    assert_logged("missed their deadline\n    gather ns: last 300, min ");
    assert_logged("stop ns: last 50, min");
    assert_logged("  pCPU 3: in ");
    assert_logged("    arrival ns: last 300, min ");
}

/* ---- the edge ------------------------------------------------------------ */

static void fewer_pcpus_are_written_than_there_are(void **state)
{
    (void)state;
    host_cpus_start(4);
    read_telemetry(2, &after);
    assert_int_equal(after.rc, 0);
    assert_int_equal(after.telemetry.nr, 2);
    assert_int_equal(after.telemetry.nr_online, 4);
    assert_int_equal(after.cpu[1].cpu, 1);
}

static void short_and_long_records_are_fitted(void **state)
{
    uint8_t *summary = host_guest_alloc(32);
    uint8_t *cpus = host_guest_alloc(2 * 1024);
    struct livepatch_ext_telemetry request = {
        .summary = (uintptr_t)summary,
        .cpus = (uintptr_t)cpus,
        .summary_stride = 8,
        .cpu_stride = 1024,
        .nr = 2,
    };

    (void)state;
    host_cpus_start(2);
    host_clock_fake(99);
    memset(summary, 0xa5, 32);
    memset(cpus, 0xa5, 2 * 1024);
    assert_int_equal(
        send_extension(LIVEPATCH_EXT_TELEMETRY, &request, sizeof(request)), 0);
    assert_int_equal(summary[0], 99);
    assert_int_equal(summary[8], 0xa5);
    assert_int_equal(cpus[1023], 0);
    assert_int_equal(cpus[1024], 1);
    assert_int_equal(request.summary_stride,
                     sizeof(struct livepatch_ext_summary));
    assert_int_equal(request.cpu_stride, sizeof(struct livepatch_ext_cpu));
}

struct refusal_row {
    const char *name;
    uint32_t summary_stride, cpu_stride;
    uint64_t pad;
};

static const struct refusal_row refusals[] = {
    {"summary_stride_7_is_einval", 7, 8, 0},
    {"cpu_stride_7_is_einval", 8, 7, 0},
    {"summary_stride_4097_is_einval", 4097, 8, 0},
    {"cpu_stride_4097_is_einval", 8, 4097, 0},
    {"pad_is_einval", 8, 8, 1},
};

static void bad_request_is_einval(void **state)
{
    const struct refusal_row *row = *state;
    struct livepatch_ext_telemetry request = {
        .summary = (uintptr_t)host_guest_alloc(8),
        .summary_stride = row->summary_stride,
        .cpu_stride = row->cpu_stride,
        .pad = row->pad,
    };

    assert_int_equal(
        send_extension(LIVEPATCH_EXT_TELEMETRY, &request, sizeof(request)),
        -EINVAL);
}

static void unwritable_summary_or_pcpu_is_efault(void **state)
{
    struct livepatch_ext_telemetry request = {
        .summary = 1, .summary_stride = 8, .cpu_stride = 8};

    (void)state;
    assert_int_equal(
        send_extension(LIVEPATCH_EXT_TELEMETRY, &request, sizeof(request)),
        -EFAULT);
    request.summary = (uintptr_t)host_guest_alloc(8);
    request.cpus = 1;
    request.nr = 1;
    assert_int_equal(
        send_extension(LIVEPATCH_EXT_TELEMETRY, &request, sizeof(request)),
        -EFAULT);
    assert_int_equal(request.nr_online, 0);
}

static void unknown_extension_is_eopnotsupp(void **state)
{
    uint64_t nothing = 0;

    (void)state;
    assert_int_equal(send_extension(0x58530000, &nothing, 8), -EOPNOTSUPP);
    assert_int_equal(send_extension(0x58530007, &nothing, 8), -EOPNOTSUPP);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, stop_counts_once_with_its_times);
    host_add(&tests, each_pcpu_counts_its_own_part);
    host_add(&tests, missed_deadline_counts_as_such_and_whom_it_missed);
    host_add(&tests, clock_that_is_behind_counts_as_no_time);
    host_add(&tests, action_shows_in_the_telemetry);
    host_add(&tests, key_x_shows_the_stops);
    host_add(&tests, fewer_pcpus_are_written_than_there_are);
    host_add(&tests, short_and_long_records_are_fitted);
    host_add_rows(&tests, refusals, bad_request_is_einval);
    host_add(&tests, unwritable_summary_or_pcpu_is_efault);
    host_add(&tests, unknown_extension_is_eopnotsupp);
    return host_run(&tests);
}
