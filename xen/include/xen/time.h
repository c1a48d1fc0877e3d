/* SPDX-License-Identifier: GPL-2.0 */
/*
 * System time: nanoseconds since boot, monotonic, the same on every pCPU.
 */
#ifndef XEN_TIME_H
#define XEN_TIME_H

#include <xen/types.h>

typedef int64_t s_time_t;

#define STIME_MAX INT64_MAX
#define MICROSECS(us) ((s_time_t)(us)*1000LL)
#define MILLISECS(ms) ((s_time_t)(ms)*1000000LL)
#define SECONDS(s) ((s_time_t)(s)*1000000000LL)

s_time_t get_s_time(void);

/* arch: the rate of the counter that system time is made of. */
extern unsigned int cpu_khz;

#define NOW() get_s_time()

#endif
