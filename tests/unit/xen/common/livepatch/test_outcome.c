// SPDX-License-Identifier: GPL-2.0
/*
 * The line about late pCPUs, where it ends for want of room: under the
 * sanitizers, so that a byte too many is a failure.
 */
#include "host/test.h"

#include <string.h>

#include <xen/smp.h>
#include <xen/symbols.h>
#include <xen/time.h>

#include "host/clock.h"
#include "host/fake_text.h"
#include "host/pcpu.h"
#include "steps.h"

#define NR_CPUS_USED 9
#define LAST_CPU (NR_CPUS_USED - 1)

static enum host_place place_of(unsigned int cpu)
{
    return cpu == LAST_CPU ? HOST_AT_GUEST : HOST_AT_KICK;
}

static void expire_when_all_are_late(void)
{
    for (unsigned int cpu = 1; cpu < NR_CPUS_USED; cpu++) {
        if (!host_cpu_is_held(cpu, place_of(cpu))) {
            return;
        }
    }
    host_clock_advance(MILLISECS(31));
    host_on_relax(NULL);
}

/* So many of eight are in the function of the longest name, all others run a
 * vCPU of many digits, and the last one is in its guest. */
static void run_with_late_pcpus(struct lp_payload *payload, const void *address,
                                unsigned int nr_long)
{
    host_cpus_start(NR_CPUS_USED);
    host_cpus_await_idle();
    for (unsigned int cpu = 1; cpu < NR_CPUS_USED; cpu++) {
        const bool is_long = cpu <= nr_long;

        host_cpu_hold(cpu, place_of(cpu));
        host_cpu_set_doing(cpu, is_long ? cpu : 1000000,
                           is_long || cpu == LAST_CPU ? address : NULL);
    }
    host_clock_fake(SECONDS(1));
    host_on_relax(expire_when_all_are_late);
    assert_int_equal(try_apply(payload, 0), 0);
    assert_int_equal(payload->rc, -EBUSY);
    for (unsigned int cpu = 1; cpu < NR_CPUS_USED; cpu++) {
        host_cpu_let_go(cpu, place_of(cpu));
    }
    host_cpus_stop();
    host_clock_real();
}

static void room_ends_amid(unsigned int nr_long)
{
    static char longest[KSYM_NAME_LEN];
    struct lp_payload *fix = must_load_described(&payload_simple, "fix");

    memset(longest, 'f', sizeof(longest) - 1);
    run_with_late_pcpus(fix, host_function_add(longest, payload_return_42, 6),
                        nr_long);
    assert_logged("8 of 9 pCPUs had not arrived: 1 (d0v1, in the hypervisor at "
                  "ffffffff");
    assert_int_equal(host_log_errors(), 1);
    must_unload(fix);
}

static void room_that_ends_amid_a_name_cuts_it(void **state)
{
    (void)state;
    room_ends_amid(5);
}

/* That of the last one, behind four names. */
static void room_that_ends_amid_an_address_cuts_it(void **state)
{
    (void)state;
    room_ends_amid(4);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, room_that_ends_amid_a_name_cuts_it);
    host_add(&tests, room_that_ends_amid_an_address_cuts_it);
    return host_run(&tests);
}
