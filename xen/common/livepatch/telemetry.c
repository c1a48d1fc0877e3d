// SPDX-License-Identifier: GPL-2.0
/*
 * One distribution for each of the times; those of a pCPU are its own.
 */
#include "telemetry.h"

#include <xen/percpu.h>

struct part {
    struct lp_spread arrival, stopped;
    uint64_t nr_late; /* written by leaders, one at a time */
};

static DEFINE_PER_CPU(struct part, part);

static struct lp_spread gather, stop, total;
static uint64_t nr_missed;

/* Clocks of two pCPUs may differ by a little. */
static uint64_t between(s_time_t from, s_time_t to)
{
    return to > from ? to - from : 0;
}

void lp_telemetry_note_part(s_time_t began, s_time_t arrived, s_time_t left)
{
    struct part *own = &this_cpu(part);

    lp_spread_add(&own->arrival, between(began, arrived));
    lp_spread_add(&own->stopped, between(arrived, left));
}

void lp_telemetry_note_stop(const struct lp_rendezvous_report *report)
{
    unsigned int cpu;

    lp_spread_add(&gather, report->gather_ns);
    lp_spread_add(&total, report->gather_ns + report->work_ns);
    if (cpumask_weight(&report->late) == 0) {
        lp_spread_add(&stop, report->work_ns);
        return;
    }
    nr_missed++;
    for_each_cpu (cpu, &report->late) {
        per_cpu(part, cpu).nr_late++;
    }
}

struct livepatch_ext_summary lp_telemetry_summary(void)
{
    return (struct livepatch_ext_summary){
        .now = NOW(),
        .nr_stops = stop.nr,
        .nr_missed = nr_missed,
        .gather = lp_spread_read(&gather),
        .stop = lp_spread_read(&stop),
        .total = lp_spread_read(&total),
    };
}

struct livepatch_ext_cpu lp_telemetry_of(unsigned int cpu)
{
    const struct part *own = &per_cpu(part, cpu);

    return (struct livepatch_ext_cpu){
        .cpu = cpu,
        .nr_late = own->nr_late,
        .arrival = lp_spread_read(&own->arrival),
        .stopped = lp_spread_read(&own->stopped),
    };
}
