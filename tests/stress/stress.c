// SPDX-License-Identifier: GPL-2.0
/*
 * Very many rendezvous of 64 threads that play pCPUs, with random delays,
 * deadlines and leaders, while pCPUs come and go. pCPUs 1 to 31 hand on a baton
 * and lead with it; 32 to 63 come and go, as pCPU 0 likes. Takes how many
 * rounds, a bound of seconds and a seed; gives TAP. Whoever runs outside while
 * text changes races for plain memory, which ThreadSanitizer sees as well.
 *
 *   stress ROUNDS SECONDS SEED
 */
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <xen/errno.h>
#include <xen/livepatch.h>
#include <xen/smp.h>
#include <xen/time.h>

#include "host/pcpu.h"
#include "rendezvous.h"
#include "stress/verdict.h"
#include "telemetry.h"
#include "watch.h"

#define NR_LEADERS 32 /* 0 never leads */
#define TEXT_WORDS 16
/* A run that makes no progress for so long ends by SIGALRM. */
#define HANG_SECONDS 200
/* Time for all to come, whatever else the machine does. */
#define PATIENCE SECONDS(60)

/* What a rendezvous patches: plain memory. */
static uint64_t text[TEXT_WORDS];

static bool is_outside[NR_CPUS]; /* between safe points; atomic */
static bool is_over;             /* atomic */
static unsigned int baton = 1;   /* who leads next; atomic */

/* The rest of the file's state belongs to who has the baton. */
static uint64_t random_state;
static uint64_t nr_rounds, nr_good, nr_missed, nr_refused;
static uint64_t max_rounds;
static s_time_t give_up;

/* How often a pCPU has surely, and at most, left a turn; was named late. */
static uint64_t least[NR_CPUS], most[NR_CPUS], late[NR_CPUS];

/* What the work of one round saw. */
struct round {
    unsigned int nr_runs;
    cpumask_t online;
};

/* Marsaglia's xorshift, 64 bits: 13, 7, 17. */
static uint64_t draw(uint64_t *state, uint64_t below)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state % below;
}

static void check_nobody_outside(unsigned int leader)
{
    for (unsigned int cpu = 0; cpu < NR_CPUS; cpu++) {
        expect(NOBODY_OUTSIDE,
               cpu == leader ||
                   !__atomic_load_n(&is_outside[cpu], __ATOMIC_SEQ_CST),
               cpu, nr_rounds);
    }
}

static int change_text(void *arg)
{
    struct round *round = arg;
    const unsigned int leader = smp_processor_id();

    check_nobody_outside(leader);
    for (unsigned int i = 0; i < TEXT_WORDS; i++) {
        text[i]++;
        if (i == TEXT_WORDS / 2) {
            sched_yield();
        }
    }
    check_nobody_outside(leader);
    cpumask_copy(&round->online, &cpu_online_map);
    round->nr_runs++;
    return 0;
}

static void check_text(void)
{
    for (unsigned int i = 1; i < TEXT_WORDS; i++) {
        expect(NOBODY_OUTSIDE, text[i] == text[0], text[i], text[0]);
    }
}

/* ---- a round ------------------------------------------------------------ */

/* One pCPU loses time somewhere; the one before it no longer does. */
static void move_delay(void)
{
    static unsigned int cpu;
    static enum host_place place;

    host_cpu_delay(cpu, place, 0);
    cpu = draw(&random_state, NR_LEADERS);
    place = draw(&random_state, HOST_PLACE_NR);
    if (draw(&random_state, 4) == 0) {
        host_cpu_delay(cpu, place, 1 + draw(&random_state, 300));
    }
}

/* Mostly patience; else a deadline that passes before, while or after pCPUs
 * arrive. */
static s_time_t draw_timeout(void)
{
    if (draw(&random_state, 4)) {
        return PATIENCE;
    }
    return MICROSECS(draw(&random_state, 2000));
}

static void note_good(const struct round *round)
{
    unsigned int cpu;

    nr_good++;
    for_each_cpu (cpu, &round->online) {
        least[cpu]++;
        most[cpu]++;
    }
}

/* Who comes and goes may not have been online. */
static void note_missed(const struct lp_rendezvous_report *report)
{
    nr_missed++;
    for (unsigned int cpu = 0; cpu < NR_CPUS; cpu++) {
        const bool is_late = cpumask_test_cpu(cpu, &report->late);

        least[cpu] += cpu < NR_LEADERS && !is_late;
        late[cpu] += is_late;
        most[cpu]++;
    }
}

static bool check_round(const struct round *round, int rc, s_time_t timeout_ns,
                        const struct lp_rendezvous_report *report)
{
    const unsigned int nr_late = cpumask_weight(&report->late);

    expect(ALL_COME, nr_late == 0 || timeout_ns < PATIENCE, nr_late, nr_rounds);
    expect(ONCE_OR_LATE, rc == 0 || rc == -EBUSY, rc, nr_rounds);
    expect(ONCE_OR_LATE, round->nr_runs == (rc == 0), round->nr_runs, rc);
    expect(ONCE_OR_LATE, text[0] == nr_good + round->nr_runs, text[0], nr_good);
    if (rc == 0) {
        expect(ONCE_OR_LATE, nr_late == 0, nr_late, 0);
        expect(COUNTERS_AGREE,
               cpumask_weight(&round->online) == report->nr_cpus,
               cpumask_weight(&round->online), report->nr_cpus);
        note_good(round);
    } else if (report->nr_cpus) {
        expect(ONCE_OR_LATE, nr_late && nr_late < report->nr_cpus, nr_late,
               report->nr_cpus);
        note_missed(report);
    } else {
        nr_refused++;
        return false;
    }
    nr_rounds++;
    return true;
}

/* Everyone leaves; who goes offline has left. */
static void await_leaving(void)
{
    for (unsigned int cpu = 0; cpu < NR_CPUS; cpu++) {
        while (host_cpu_syncs(cpu) < least[cpu]) {
            check_for_livepatch_work();
            sched_yield();
        }
    }
}

static void check_counts(void)
{
    for (unsigned int cpu = 0; cpu < NR_CPUS; cpu++) {
        const unsigned long left = host_cpu_syncs(cpu);

        expect(COUNTERS_AGREE, left <= most[cpu], left, most[cpu]);
    }
}

static void hand_on_baton(void)
{
    const unsigned int next = 1 + draw(&random_state, NR_LEADERS - 1);

    if (nr_rounds == max_rounds || NOW() >= give_up) {
        await_leaving();
        __atomic_store_n(&is_over, true, __ATOMIC_RELEASE);
        host_cpu_wake(0);
        return;
    }
    __atomic_store_n(&baton, next, __ATOMIC_RELEASE);
    host_cpu_wake(next);
}

static void lead(void)
{
    struct round round = {.nr_runs = 0};
    const s_time_t timeout_ns = draw_timeout();
    struct lp_rendezvous_report report;
    int rc;

    move_delay();
    lp_watch_expect(draw(&random_state, 2));
    rc = lp_rendezvous_run(change_text, &round, timeout_ns, &report);
    lp_watch_expect(false);
    if (!check_round(&round, rc, timeout_ns, &report)) {
        sched_yield();
    } else if (draw(&random_state, 2)) {
        await_leaving();
    }
    check_counts();
    if (nr_rounds % 256 == 0) {
        alarm(HANG_SECONDS);
    }
    hand_on_baton();
}

/* ---- pCPUs --------------------------------------------------------------- */

static void set_outside(unsigned int cpu, bool is_out)
{
    __atomic_store_n(&is_outside[cpu], is_out, __ATOMIC_SEQ_CST);
}

/* Between two safe points of pCPUs 1 and on. */
static void run_outside(unsigned int cpu)
{
    set_outside(cpu, true);
    check_text();
    if (__atomic_load_n(&baton, __ATOMIC_ACQUIRE) == cpu &&
        !__atomic_load_n(&is_over, __ATOMIC_ACQUIRE)) {
        lead();
    } else {
        host_cpu_sleep();
    }
    check_text();
    set_outside(cpu, false);
}

/* Now and then one comes or goes, which a round that is on delays. */
static unsigned long bring_or_take(uint64_t *state)
{
    static bool is_off[NR_CPUS];
    const unsigned int cpu = NR_LEADERS + draw(state, NR_CPUS - NR_LEADERS);

    if (draw(state, 8)) {
        return 0;
    }
    while (!host_cpu_set_online(cpu, is_off[cpu])) {
        set_outside(0, false);
        check_for_livepatch_work();
        set_outside(0, true);
        sched_yield();
    }
    is_off[cpu] = !is_off[cpu];
    return 1;
}

static unsigned long run_pcpu_0(uint64_t seed)
{
    unsigned long nr_changes = 0;

    while (!__atomic_load_n(&is_over, __ATOMIC_ACQUIRE)) {
        check_for_livepatch_work();
        set_outside(0, true);
        check_text();
        nr_changes += bring_or_take(&seed);
        host_cpu_sleep();
        set_outside(0, false);
    }
    return nr_changes;
}

/* ---- the end ------------------------------------------------------------- */

static void check_telemetry(void)
{
    const struct livepatch_ext_summary summary = lp_telemetry_summary();

    expect(COUNTERS_AGREE, summary.nr_stops == nr_good, summary.nr_stops,
           nr_good);
    expect(COUNTERS_AGREE, summary.nr_missed == nr_missed, summary.nr_missed,
           nr_missed);
    for (unsigned int cpu = 0; cpu < NR_CPUS; cpu++) {
        const struct livepatch_ext_cpu part = lp_telemetry_of(cpu);
        const unsigned long left = host_cpu_syncs(cpu);

        expect(ALL_LEAVE, least[cpu] <= left && left <= most[cpu], left,
               most[cpu]);
        expect(COUNTERS_AGREE, part.stopped.nr == left, part.stopped.nr, left);
        expect(COUNTERS_AGREE, part.nr_late == late[cpu], part.nr_late,
               late[cpu]);
    }
}

int main(int argc, char **argv)
{
    const uint64_t seed = argc == 4 ? strtoull(argv[3], NULL, 10) : 0;
    const s_time_t start = NOW();
    unsigned long nr_changes;

    if (seed == 0) {
        fprintf(stderr, "usage: stress ROUNDS SECONDS SEED (from 1)\n");
        return 2;
    }
    max_rounds = strtoull(argv[1], NULL, 10);
    give_up = start + SECONDS(strtoull(argv[2], NULL, 10));
    random_state = seed;
    alarm(HANG_SECONDS);
    host_cpus_start(NR_CPUS);
    host_cpus_work(run_outside);
    nr_changes = run_pcpu_0(seed);
    host_cpus_stop();
    check_telemetry();
    printf("# seed %lu: %lu rounds of up to %u pCPUs in %lu s: %lu ran, %lu "
           "missed their deadline; %lu were refused while a pCPU came or went, "
           "%lu came or went\n",
           seed, nr_rounds, NR_CPUS, (long)((NOW() - start) / SECONDS(1)),
           nr_good, nr_missed, nr_refused, nr_changes);
    return tell_verdict(nr_rounds > 0 && nr_missed > 0 && nr_changes > 0);
}
