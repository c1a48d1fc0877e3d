// SPDX-License-Identifier: GPL-2.0
/*
 * One record and its deadline. The deadline says whether the record counts: it
 * is taken away before the record changes, and given back after. Whoever finds
 * it passed takes it, so that one pCPU alone tells of it.
 */
#include "watch.h"

#include <xen/cache.h>
#include <xen/init.h>
#include <xen/livepatch.h>
#include <xen/livepatch_arch.h>
#include <xen/smp.h>
#include <asm/system.h>

#include "log.h"
#include "milliseconds.h"

#define NONE 0
#define TOLD (-1) /* somebody has told that it is overdue */

/* How long a call may take; the boot option livepatch_hook_timeout= (ms). */
static s_time_t __ro_after_init bound_ns = SECONDS(10);

static struct lp_watched call;
static s_time_t deadline; /* NONE, TOLD, or when the call is overdue */
static bool is_expected;  /* a pCPU late for another stop may read it, too */

/* There is a deadline; a hint for whoever only comes by. */
bool livepatch_is_in_hook;

static int parse_bound(const char *value)
{
    return lp_milliseconds_parse(value, &bound_ns);
}
custom_param("livepatch_hook_timeout", parse_bound);

/* Acquire and release: the record is the one that the deadline is of. */
static s_time_t __nopatch read_deadline(void)
{
    return __atomic_load_n(&deadline, __ATOMIC_ACQUIRE);
}

static void __nopatch set_call(const struct lp_watched *to, s_time_t until)
{
    call = *to;
    __atomic_store_n(&deadline, until, __ATOMIC_RELEASE);
    __atomic_store_n(&livepatch_is_in_hook, until != NONE, __ATOMIC_RELAXED);
}

/* What it was. Both orders: see above. */
static s_time_t __nopatch take_deadline(void)
{
    return __atomic_exchange_n(&deadline, NONE, __ATOMIC_ACQ_REL);
}

s_time_t __nopatch lp_watch_hold(void)
{
    const s_time_t until = take_deadline();

    /* The machine is being ended: nothing more is to happen to its text. */
    while (until == TOLD && call.is_in_stop) {
        cpu_relax();
    }
    return until;
}

void __nopatch lp_watch_release(s_time_t until)
{
    __atomic_store_n(&deadline, until, __ATOMIC_RELEASE);
}

void __nopatch lp_watch_begin(struct lp_watch *watch,
                              const struct lp_watched *of)
{
    watch->outer_deadline = lp_watch_hold();
    watch->outer = call;
    set_call(of, NOW() + bound_ns);
}

void __nopatch lp_watch_end(const struct lp_watch *watch)
{
    (void)lp_watch_hold();
    set_call(&watch->outer, watch->outer_deadline);
}

void lp_watch_expect(bool are_coming)
{
    __atomic_store_n(&is_expected, are_coming, __ATOMIC_RELAXED);
}

bool __nopatch lp_watch_is_expected(void)
{
    return __atomic_load_n(&is_expected, __ATOMIC_RELAXED);
}

/* All text is whole but for what the one step at hand would still write. */
static noinline void tell_overdue(void)
{
    const struct lp_watched of = call;
    const long bound_ms = bound_ns / MILLISECS(1);

    if (of.is_in_stop) {
        arch_livepatch_sync();
        panic("livepatch: %s: its %s at %pS has not come back for %ld ms\n",
              of.payload, of.what, of.fn, bound_ms);
    }
    lp_warn(of.payload, "its %s at %pS on pCPU %u has not come back for %ld ms",
            of.what, of.fn, of.cpu, bound_ms);
}

void __nopatch lp_watch_look(void)
{
    s_time_t until = read_deadline();

    if (likely(until == NONE) || until == TOLD || NOW() < until) {
        return;
    }
    if (__atomic_compare_exchange_n(&deadline, &until, TOLD, false,
                                    __ATOMIC_ACQ_REL, __ATOMIC_RELAXED)) {
        tell_overdue();
    }
}

void livepatch_look(void)
{
    lp_watch_look();
}

void livepatch_report(void)
{
    if (read_deadline() != NONE && call.cpu == smp_processor_id()) {
        livepatch_log(XENLOG_ERR
                      "livepatch: %s: this happened in its %s at %pS",
                      call.payload, call.what, call.fn);
    }
}
