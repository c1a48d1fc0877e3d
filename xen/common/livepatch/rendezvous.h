/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Stops all pCPUs at a known point, runs one function on one of them, lets go.
 * Knows nothing of payloads.
 *
 * Phases: IDLE -> GATHER (pCPUs arrive) -> RUN (all stand still; the leader
 * works) -> IDLE. The last pCPU to arrive moves everyone from GATHER to RUN;
 * the leader moves everyone back to IDLE, from RUN when the work is done, or
 * from GATHER when the deadline has passed: then nothing was run.
 */
#ifndef LP_RENDEZVOUS_H
#define LP_RENDEZVOUS_H

#include <xen/compiler.h>
#include <xen/cpumask.h>
#include <xen/time.h>
#include <public/livepatch_ext.h>

/* How a rendezvous went. Times in ns. */
struct lp_rendezvous_report {
    unsigned int nr_cpus; /* 0: there was none, since a pCPU came or went */
    s_time_t gather_ns;   /* from the call until the last pCPU arrived */
    s_time_t work_ns;     /* in RUN, until everyone was let go */
    cpumask_t late;       /* who had not arrived at the deadline */
    /* What the first of them were doing, in ascending order. */
    struct livepatch_ext_late doing[LIVEPATCH_EXT_MAX_LATE];
};

/*
 * Gathers all online pCPUs and calls work(arg) on this one while the others
 * stand still; no pCPU comes or goes meanwhile. At most one call at a time in
 * the system; the caller holds no lock that another pCPU spins on. work() must
 * not print, allocate, lock or look anything up. timeout_ns bounds the
 * gathering.
 *   the result of work(), or
 *   -EBUSY  not all had arrived in time: nothing was run; report->late says who
 *   -EBUSY  a pCPU is coming online or going offline: report->nr_cpus is 0
 * *report is always filled; `doing` for those that are late.
 */
int lp_rendezvous_run(int (*work)(void *arg), void *arg, s_time_t timeout_ns,
                      struct lp_rendezvous_report *report) __must_check;

#endif
