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

/* The first ones are in the function of the longest name, the others run a
 * vCPU of some digits, the last one in its guest. */
struct late_ones {
    unsigned int nr_long;
    uint32_t vcpu, last_vcpu;
};

static void run_with_late_pcpus(struct lp_payload *payload, const void *address,
                                const struct late_ones *late)
{
    host_cpus_start(NR_CPUS_USED);
    host_cpus_await_idle();
    for (unsigned int cpu = 1; cpu < NR_CPUS_USED; cpu++) {
        const bool is_long = cpu <= late->nr_long;
        const bool is_last = cpu == LAST_CPU;

        host_cpu_hold(cpu, place_of(cpu));
        host_cpu_set_doing(cpu, is_last ? late->last_vcpu : late->vcpu,
                           is_long || is_last ? address : NULL);
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

/* With four long names it ends somewhere amid the last pCPU's part, with five
 * amid a name. */
static void line_is_cut_wherever_its_room_ends(void **state)
{
    static char longest[KSYM_NAME_LEN];
    struct lp_payload *fix = must_load_described(&payload_simple, "fix");
    struct late_ones late;
    const void *address;

    (void)state;
    memset(longest, 'f', sizeof(longest) - 1);
    address = host_function_add(longest, payload_return_42, 6);
    for (late.nr_long = 4; late.nr_long <= 5; late.nr_long++) {
        for (late.vcpu = 1; late.vcpu < 1000000000; late.vcpu *= 10) {
            for (late.last_vcpu = 1; late.last_vcpu < 1000;
                 late.last_vcpu *= 10) {
                host_log_clear();
                run_with_late_pcpus(fix, address, &late);
                assert_logged("8 of 9 pCPUs had not arrived: 1 (d0v");
                assert_int_equal(host_log_errors(), 1);
            }
        }
    }
    must_unload(fix);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, line_is_cut_wherever_its_room_ends);
    return host_run(&tests);
}
