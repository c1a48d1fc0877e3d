// SPDX-License-Identifier: GPL-2.0
/*
 * The protocol lives in one 64-bit word:
 *
 *     63            24 23          8 7      0
 *     | turn          | missing     | phase |
 *
 * `turn` numbers the rendezvous, `missing` counts the pCPUs that have not
 * arrived. Every change is one compare-and-swap of the whole word, so that an
 * arrival, the move to RUN that the last arrival makes, and the abort that the
 * deadline makes exclude each other, and a pCPU that is late for one turn can
 * never be counted in the next.
 *
 * A pCPU that was let go of turn N may find turn N+1 gathering before it has
 * left the waiting loop; it then leaves N (and synchronises its fetches) and
 * joins N+1 like everyone else.
 */
#include "rendezvous.h"

#include <xen/errno.h>
#include <xen/livepatch.h>
#include <xen/livepatch_arch.h>
#include <xen/percpu.h>
#include <asm/system.h>

#include "delay.h"
#include "telemetry.h"

enum phase {
    PHASE_IDLE,
    PHASE_GATHER,
    PHASE_RUN,
};

/* How long a pCPU may take to say that it was counted. */
#define LATE_SAY_SO MILLISECS(1)

/* How long a report waits for the end of a turn: a hook may never return. */
#define SETTLE_BOUND SECONDS(1)

#define PHASE_BITS 8
#define MISSING_BITS 16
#define TURN_SHIFT (PHASE_BITS + MISSING_BITS)

static uint64_t word;
static s_time_t began; /* when the leader of the turn began */

/* The turn that a pCPU last arrived in; written by itself only. */
static DEFINE_PER_CPU(uint64_t, arrived_turn);

/* On its way to a stop or from one; written by the pCPU itself only. */
static DEFINE_PER_CPU(bool, is_joining);

/* Who opened the turn; read by pCPUs that have arrived in it. */
static unsigned int leader;

static uint64_t make_word(uint64_t turn, unsigned int missing, enum phase phase)
{
    return turn << TURN_SHIFT | (uint64_t)missing << PHASE_BITS | phase;
}

static enum phase phase_of(uint64_t w)
{
    return w & ((1U << PHASE_BITS) - 1);
}

static unsigned int missing_of(uint64_t w)
{
    return (w >> PHASE_BITS) & ((1U << MISSING_BITS) - 1);
}

static uint64_t turn_of(uint64_t w)
{
    return w >> TURN_SHIFT;
}

/* Acquire: pairs with the release of whoever moved the phase, so that what
 * was written before the move is seen after it. */
static uint64_t __nopatch read_word(void)
{
    return __atomic_load_n(&word, __ATOMIC_ACQUIRE);
}

/* Both orders: what this pCPU wrote before is visible to whoever sees the new
 * word, and it sees what was written before the old one. */
static bool __nopatch move_word(uint64_t *from, uint64_t to)
{
    return __atomic_compare_exchange_n(&word, from, to, false, __ATOMIC_ACQ_REL,
                                       __ATOMIC_ACQUIRE);
}

/* Counts this pCPU in; false when the turn gathers no longer. */
static bool __nopatch arrive(uint64_t turn)
{
    uint64_t seen = read_word();

    while (turn_of(seen) == turn && phase_of(seen) == PHASE_GATHER) {
        const unsigned int missing = missing_of(seen) - 1;
        const enum phase next = missing ? PHASE_GATHER : PHASE_RUN;

        if (move_word(&seen, make_word(turn, missing, next))) {
            /* Only now, for find_late(): who was counted, and nobody else. */
            __atomic_store_n(&this_cpu(arrived_turn), turn, __ATOMIC_RELEASE);
            return true;
        }
    }
    return false;
}

/* A member stands still until its turn is over. */
static void __nopatch join(uint64_t turn)
{
    s_time_t began_here, arrived;
    uint64_t seen;

    lp_delay_at(LP_DELAY_ARRIVE);
    /* What follows comes before this pCPU is counted in: until then `began` is
     * this turn's, or this pCPU will not be counted in at all, and no text
     * changes, the clock's own neither. */
    seen = read_word();
    if (turn_of(seen) != turn) {
        return;
    }
    began_here = __atomic_load_n(&began, __ATOMIC_RELAXED);
    arrived = NOW();
    if (!arrive(turn)) {
        return;
    }
    lp_delay_at(LP_DELAY_WAIT);
    seen = read_word();
    while (turn_of(seen) == turn && phase_of(seen) != PHASE_IDLE) {
        arch_livepatch_wait();
        seen = read_word();
    }
    lp_delay_at(LP_DELAY_LEAVE);
    arch_livepatch_sync();
    lp_telemetry_note_part(began_here, arrived, NOW());
}

void __nopatch check_for_livepatch_work(void)
{
    uint64_t seen = __atomic_load_n(&word, __ATOMIC_RELAXED);

    while (unlikely(phase_of(seen) == PHASE_GATHER) &&
           turn_of(seen) != this_cpu(arrived_turn)) {
        __atomic_store_n(&this_cpu(is_joining), true, __ATOMIC_RELAXED);
        join(turn_of(seen));
        __atomic_store_n(&this_cpu(is_joining), false, __ATOMIC_RELAXED);
        seen = read_word();
    }
}

/* A pCPU that has not arrived need not look: nothing runs without it. */
static bool __nopatch is_standing_still(uint64_t seen)
{
    return phase_of(seen) != PHASE_IDLE &&
           turn_of(seen) == this_cpu(arrived_turn) &&
           leader != smp_processor_id();
}

void __nopatch livepatch_settle(void)
{
    s_time_t give_up;

    if (!is_standing_still(read_word())) {
        return;
    }
    give_up = NOW() + SETTLE_BOUND;
    while (is_standing_still(read_word()) && NOW() < give_up) {
        cpu_relax();
    }
    arch_livepatch_sync();
}

/* The leader's wait: 0 when all are here; when time ran out first the turn was
 * ended, and the result is how many were missing. */
static unsigned int __nopatch gather(uint64_t turn, s_time_t deadline)
{
    uint64_t seen = read_word();

    while (phase_of(seen) == PHASE_GATHER) {
        const unsigned int missing = missing_of(seen);

        if (NOW() < deadline) {
            cpu_relax();
            seen = read_word();
        } else if (move_word(&seen, make_word(turn, 0, PHASE_IDLE))) {
            return missing;
        }
    }
    return 0;
}

/* Opens the next turn with this pCPU, the leader, already in it. */
static uint64_t __nopatch open_turn(unsigned int nr_members)
{
    const uint64_t turn = turn_of(read_word()) + 1;

    this_cpu(arrived_turn) = turn;
    leader = smp_processor_id();
    /* Release: members see all that was prepared for the work. */
    __atomic_store_n(
        &word,
        make_word(turn, nr_members, nr_members ? PHASE_GATHER : PHASE_RUN),
        __ATOMIC_RELEASE);
    return turn;
}

/* Release: whoever sees IDLE sees the work done. */
static void __nopatch close_turn(uint64_t turn)
{
    __atomic_store_n(&word, make_word(turn, 0, PHASE_IDLE), __ATOMIC_RELEASE);
}

/* A member that was counted says so at once after it, so that the others, as
 * many as were missing, are the late ones. One that is held up just there by
 * its own host is not waited for long: it is named late with them. */
static void find_late(const cpumask_t *members, uint64_t turn,
                      unsigned int nr_late, cpumask_t *late)
{
    const s_time_t give_up = NOW() + LATE_SAY_SO;
    unsigned int cpu;

    cpumask_copy(late, members);
    while (cpumask_weight(late) != nr_late && NOW() < give_up) {
        for_each_cpu (cpu, members) {
            if (__atomic_load_n(&per_cpu(arrived_turn, cpu),
                                __ATOMIC_ACQUIRE) == turn) {
                cpumask_clear_cpu(cpu, late);
            }
        }
        cpu_relax();
    }
}

/* Before they have moved on. */
static void locate_late(struct lp_rendezvous_report *report)
{
    struct livepatch_ext_late *doing = report->doing;
    unsigned int cpu;

    for_each_cpu (cpu, &report->late) {
        if (doing == report->doing + LIVEPATCH_EXT_MAX_LATE) {
            break;
        }
        arch_livepatch_locate(cpu, doing);
        if (__atomic_load_n(&per_cpu(is_joining, cpu), __ATOMIC_RELAXED)) {
            doing->where = LIVEPATCH_EXT_IN_HYPERVISOR;
            doing->address = (unsigned long)check_for_livepatch_work;
        }
        doing++;
    }
}

int __nopatch lp_rendezvous_run(int (*work)(void *arg), void *arg,
                                s_time_t timeout_ns,
                                struct lp_rendezvous_report *report)
{
    const s_time_t start = NOW();
    cpumask_t members;
    unsigned int nr_late;
    uint64_t turn;
    int rc = -EBUSY;

    report->nr_cpus = num_online_cpus();
    report->work_ns = 0;
    cpumask_clear(&report->late);
    cpumask_copy(&members, &cpu_online_map);
    cpumask_clear_cpu(smp_processor_id(), &members);
    /* Published by open_turn(). */
    __atomic_store_n(&began, start, __ATOMIC_RELAXED);
    turn = open_turn(cpumask_weight(&members));
    lp_delay_at(LP_DELAY_KICK);
    arch_livepatch_kick(&members);
    nr_late = gather(turn, start + timeout_ns);
    report->gather_ns = NOW() - start;
    if (nr_late == 0) {
        lp_delay_at(LP_DELAY_RUN);
        rc = work(arg);
        close_turn(turn);
        report->work_ns = NOW() - start - report->gather_ns;
    } else {
        find_late(&members, turn, nr_late, &report->late);
        locate_late(report);
    }
    lp_delay_at(LP_DELAY_RELEASE);
    arch_livepatch_release(&members);
    arch_livepatch_sync();
    lp_telemetry_note_part(start, start, NOW());
    lp_telemetry_note_stop(report);
    return rc;
}
