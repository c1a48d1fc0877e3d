// SPDX-License-Identifier: GPL-2.0
/*
 * The protocol lives in one 64-bit word (phases.h). Every change is one
 * compare-and-swap of the whole word, so that an arrival, the move to RUN that
 * the last arrival makes, and the abort that the deadline makes exclude each
 * other, and a pCPU that is late for one turn can never be counted in the next.
 *
 * A pCPU that was let go of turn N may find turn N+1 gathering before it has
 * left the waiting loop; it then leaves N (and synchronises its fetches) and
 * joins N+1 like everyone else.
 */
#include "rendezvous.h"

#include <xen/cpu.h>
#include <xen/errno.h>
#include <xen/livepatch.h>
#include <xen/livepatch_arch.h>
#include <xen/percpu.h>
#include <asm/system.h>

#include "delay.h"
#include "phases.h"
#include "telemetry.h"
#include "watch.h"

/* How long a pCPU may take to say that it was counted. */
#define LATE_SAY_SO MILLISECS(1)

/* How long a report waits for the end of a turn: a hook may never return. */
#define SETTLE_BOUND SECONDS(1)

static uint64_t word;
static s_time_t began; /* when the leader of the turn began */

/* The turn that a pCPU last arrived in; written by itself only. */
static DEFINE_PER_CPU(uint64_t, arrived_turn);

/* On its way to a stop or from one; written by the pCPU itself only. */
static DEFINE_PER_CPU(bool, is_joining);

/* Acquire: pairs with the release of whoever moved the phase, so that what
 * was written before the move is seen after it. */
static uint64_t __nopatch read_word(void)
{
    return __atomic_load_n(&word, __ATOMIC_ACQUIRE);
}

/*
 * Makes the move if the word is still what was seen; if not, or if the move is
 * illegal there, false, with what it is now in *seen. Both orders: what this
 * pCPU wrote before is visible to whoever sees the new word, and it sees what
 * was written before the old one.
 */
static always_inline bool make_move(uint64_t *seen, enum lp_role who,
                                    enum lp_move move, unsigned int nr_members)
{
    uint64_t next;

    if (!lp_phases_next(*seen, who, move, nr_members, &next)) {
        *seen = read_word();
        return false;
    }
    return __atomic_compare_exchange_n(&word, seen, next, false,
                                       __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
}

/* Counts this pCPU in, *is_last when nobody was missing then; false when the
 * turn gathers no longer. */
static bool __nopatch arrive(uint64_t turn, bool *is_last)
{
    uint64_t seen = read_word();

    while (lp_turn_of(seen) == turn && lp_phase_of(seen) == LP_GATHER) {
        if (make_move(&seen, LP_MEMBER, LP_ARRIVE, 0)) {
            /* Only now, for find_late(): who was counted, and nobody else. */
            __atomic_store_n(&this_cpu(arrived_turn), turn, __ATOMIC_RELEASE);
            *is_last = lp_missing_of(seen) == 1;
            return true;
        }
    }
    return false;
}

/* Until the turn is over. Whoever keeps watch does not sleep. */
static void __nopatch stand_still(uint64_t turn, bool keeps_watch)
{
    uint64_t seen = read_word();

    while (lp_turn_of(seen) == turn && lp_phase_of(seen) != LP_IDLE) {
        if (keeps_watch) {
            lp_watch_look();
            cpu_relax();
        } else {
            arch_livepatch_wait();
        }
        seen = read_word();
    }
}

/* A member stands still until its turn is over. The last one to arrive keeps
 * watch over the leader's work where that is wanted. */
static void __nopatch join(uint64_t turn)
{
    s_time_t began_here, arrived;
    bool is_last;
    uint64_t seen;

    lp_delay_at(LP_DELAY_ARRIVE);
    /* What follows comes before this pCPU is counted in: until then `began` is
     * this turn's, or this pCPU will not be counted in at all, and no text
     * changes, the clock's own neither. */
    seen = read_word();
    if (lp_turn_of(seen) != turn) {
        return;
    }
    began_here = __atomic_load_n(&began, __ATOMIC_RELAXED);
    arrived = NOW();
    if (!arrive(turn, &is_last)) {
        return;
    }
    lp_delay_at(LP_DELAY_WAIT);
    stand_still(turn, is_last && lp_watch_is_expected());
    lp_delay_at(LP_DELAY_LEAVE);
    arch_livepatch_sync();
    lp_telemetry_note_part(began_here, arrived, NOW());
}

void __nopatch check_for_livepatch_work(void)
{
    uint64_t seen = __atomic_load_n(&word, __ATOMIC_RELAXED);

    while (unlikely(lp_phase_of(seen) == LP_GATHER) &&
           lp_turn_of(seen) != this_cpu(arrived_turn)) {
        __atomic_store_n(&this_cpu(is_joining), true, __ATOMIC_RELAXED);
        join(lp_turn_of(seen));
        __atomic_store_n(&this_cpu(is_joining), false, __ATOMIC_RELAXED);
        seen = read_word();
    }
}

/*
 * Asked of itself, between any two instructions. Nothing runs without a pCPU
 * that is not on its way to a stop. One that is may have been counted, whatever
 * it has said of that yet; if it was not, it waits for a turn that cannot
 * gather without it, and so until the deadline at most.
 */
static bool __nopatch is_standing_still(uint64_t seen)
{
    return lp_phase_of(seen) != LP_IDLE && this_cpu(is_joining);
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
static unsigned int __nopatch gather(s_time_t deadline)
{
    uint64_t seen = read_word();

    while (lp_phase_of(seen) == LP_GATHER) {
        const unsigned int missing = lp_missing_of(seen);

        if (NOW() < deadline) {
            cpu_relax();
            seen = read_word();
        } else if (make_move(&seen, LP_LEADER, LP_EXPIRE, 0)) {
            return missing;
        }
    }
    return 0;
}

/* Opens the next turn with this pCPU, the leader, already in it. Nobody else
 * moves the word in IDLE. */
static uint64_t __nopatch open_turn(unsigned int nr_members)
{
    uint64_t seen = read_word();
    const uint64_t turn = lp_turn_of(seen) + 1;

    this_cpu(arrived_turn) = turn;
    BUG_ON(!make_move(&seen, LP_LEADER, LP_OPEN, nr_members));
    return turn;
}

/* Whoever sees IDLE sees the work done. Nobody else moves the word in RUN. */
static void __nopatch close_turn(void)
{
    uint64_t seen = read_word();

    BUG_ON(!make_move(&seen, LP_LEADER, LP_FINISH, 0));
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

/* While no pCPU comes or goes. */
static int __nopatch run_turn(int (*work)(void *arg), void *arg,
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
    nr_late = gather(start + timeout_ns);
    report->gather_ns = NOW() - start;
    if (nr_late == 0) {
        lp_delay_at(LP_DELAY_RUN);
        rc = work(arg);
        close_turn();
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

int __nopatch lp_rendezvous_run(int (*work)(void *arg), void *arg,
                                s_time_t timeout_ns,
                                struct lp_rendezvous_report *report)
{
    int rc;

    if (!get_cpu_maps()) {
        report->nr_cpus = 0;
        report->gather_ns = report->work_ns = 0;
        cpumask_clear(&report->late);
        return -EBUSY;
    }
    rc = run_turn(work, arg, timeout_ns, report);
    put_cpu_maps();
    return rc;
}
