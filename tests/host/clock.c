// SPDX-License-Identifier: GPL-2.0
/*
 * get_s_time() for the host.
 */
#include "clock.h"

#include <time.h>

#include "pcpu.h"
#include "stopped.h"

#define NEVER (~0u)

static bool is_fake;
static s_time_t fake_now;
static unsigned int jump_at = NEVER;
static s_time_t jump_ns;

s_time_t get_s_time(void)
{
    struct timespec now;

    host_check_not_stopped("NOW");
    host_cpu_pass(HOST_AT_CLOCK);
    if (is_fake) {
        return __atomic_load_n(&fake_now, __ATOMIC_SEQ_CST);
    }
    clock_gettime(CLOCK_MONOTONIC, &now);
    return SECONDS(now.tv_sec) + now.tv_nsec;
}

void host_clock_real(void)
{
    is_fake = false;
    jump_at = NEVER;
}

void host_clock_fake(s_time_t now)
{
    is_fake = true;
    jump_at = NEVER;
    fake_now = now;
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
