/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A watch over a call into a payload, which nobody can take back: one call at a
 * time, noted with whose it is and when it began. Others look whether it is
 * overdue: in a stop the pCPU that arrived last, which keeps looking, and ends
 * in a report; outside of it any pCPU that comes by, and says so in the log. A
 * report from within the call says whose code was running.
 */
#ifndef LP_WATCH_H
#define LP_WATCH_H

#include <xen/compiler.h>
#include <xen/time.h>
#include <xen/types.h>
#include <public/sysctl.h>

/* A call that is under way. */
struct lp_watched {
    char payload[XEN_LIVEPATCH_NAME_SIZE]; /* its name */
    const char *what;                      /* "load hook" */
    const void *fn;
    unsigned int cpu;
    bool is_in_stop;
};

/* What was watched before. */
struct lp_watch {
    struct lp_watched outer;
    s_time_t outer_deadline;
};

/* From here until the end of the call, which the same pCPU tells. In the
 * stopped region, too. Calls nest: the inner one is the one that is watched. */
void lp_watch_begin(struct lp_watch *watch, const struct lp_watched *call);
void lp_watch_end(const struct lp_watch *watch);

/*
 * From hold to release nobody tells of the call, so that no text is run that is
 * being written: the leader holds the watch while it writes, and over a stop
 * that is made from within a call. Hold does not return when a call in the stop
 * has been found overdue: the machine is being ended. Release takes what hold
 * gave.
 */
s_time_t lp_watch_hold(void);
void lp_watch_release(s_time_t held);

/* Says before a stop, and takes back after it, that calls are to be expected
 * in it; and whether that was said. */
void lp_watch_expect(bool is_expected);
bool lp_watch_is_expected(void);

/* Looks whether the call is overdue. The first to find it so in a stop does not
 * return. */
void lp_watch_look(void);

#endif
