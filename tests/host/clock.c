// SPDX-License-Identifier: GPL-2.0
/*
 * get_s_time() for the host.
 */
#include "clock.h"

#include <time.h>

#include "pcpu.h"
#include "stopped.h"

#define NEVER (~0u)

/* pCPUs look at the clock while the test sets it: these two are atomic. */
static bool is_fake;
static s_time_t fake_now;
static unsigned int jump_at = NEVER;
static s_time_t jump_ns;

s_time_t get_s_time(void)
{
    struct timespec now;

    host_check_not_stopped("NOW");
    host_cpu_pass(HOST_AT_CLOCK);
    if (__atomic_load_n(&is_fake, __ATOMIC_ACQUIRE)) {
        return __atomic_load_n(&fake_now, __ATOMIC_SEQ_CST);
    }
    clock_gettime(CLOCK_MONOTONIC, &now);
    return SECONDS(now.tv_sec) + now.tv_nsec;
}

void host_clock_real(void)
{
    __atomic_store_n(&is_fake, false, __ATOMIC_RELEASE);
    jump_at = NEVER;
}

void host_clock_fake(s_time_t now)
{
    jump_at = NEVER;
    __atomic_store_n(&fake_now, now, __ATOMIC_SEQ_CST);
    __atomic_store_n(&is_fake, true, __ATOMIC_RELEASE);
}

void host_clock_advance(s_time_t ns)
{
    __atomic_fetch_add(&fake_now, ns, __ATOMIC_SEQ_CST);
}

void host_clock_jump_at(unsigned int nr, s_time_t ns)
{
    jump_ns = ns;
    jump_at = nr;
}

void host_clock_poll(void)
{
    if (jump_at != NEVER && host_cpus_waiting() >= jump_at) {
        jump_at = NEVER;
        host_clock_advance(jump_ns);
    }
}
