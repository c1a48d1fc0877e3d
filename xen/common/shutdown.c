/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Ends: of a panic, which one pCPU leads while all others stop, until the
 * machine is reset or halts; and what dom0 asks for by SCHEDOP_shutdown.
 */
#include <xen/cache.h>
#include <xen/console.h>
#include <xen/errno.h>
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/panic.h>
#include <xen/pcpu.h>
#include <xen/sched.h>
#include <xen/shutdown.h>
#include <xen/smp.h>
#include <xen/string.h>
#include <xen/time.h>
#include <public/sched.h>
#include <asm/system.h>

#define STOP_BOUND MILLISECS(500)
#define NO_LEADER (~0u)

static bool __ro_after_init noreboot;
static unsigned int panic_leader = NO_LEADER;

static int __init parse_noreboot(const char *value)
{
    noreboot = strcmp(value, "no") != 0;
    return 0;
}
custom_param("noreboot", parse_noreboot);

static unsigned int find_leader(void)
{
    return __atomic_load_n(&panic_leader, __ATOMIC_ACQUIRE);
}

bool is_panicking(void)
{
    return find_leader() == smp_processor_id();
}

static void noreturn stop_here(void)
{
    __atomic_store_n(&this_pcpu()->stopped, true, __ATOMIC_RELEASE);
    halt_forever();
}

void halt_if_told(void)
{
    unsigned int leader = find_leader();

    if (leader != NO_LEADER && leader != smp_processor_id()) {
        stop_here();
    }
}

static bool are_others_stopped(const cpumask_t *others)
{
    unsigned int cpu;

    for_each_cpu (cpu, others) {
        if (!__atomic_load_n(&pcpu_of(cpu)->stopped, __ATOMIC_ACQUIRE)) {
            return false;
        }
    }
    return true;
}

static void stop_others(void)
{
    s_time_t give_up = NOW() + STOP_BOUND;
    cpumask_t others;

    cpumask_copy(&others, &cpu_online_map);
    cpumask_clear_cpu(smp_processor_id(), &others);
    smp_kick(&others);
    while (!are_others_stopped(&others) && NOW() < give_up) {
        cpu_relax();
    }
}

void arch_halt_all(void)
{
    unsigned int nobody = NO_LEADER;

    if (is_panicking()) {
        return;
    }
    if (!__atomic_compare_exchange_n(&panic_leader, &nobody, smp_processor_id(),
                                     false, __ATOMIC_ACQ_REL,
                                     __ATOMIC_ACQUIRE)) {
        stop_here();
    }
    if (num_online_cpus() > 1) {
        stop_others();
    }
}

void begin_report(void)
{
    arch_halt_all();
    console_break_lock();
    console_take_back();
}

void noreturn arch_panic_end(void)
{
    if (noreboot) {
        printk(XENLOG_ERR "Halted (option noreboot).\n");
        halt_forever();
    }
    printk(XENLOG_ERR "Resetting.\n");
    machine_reset();
}

long domain_shutdown(unsigned int reason)
{
    switch (reason) {
    case SHUTDOWN_reboot:
    case SHUTDOWN_soft_reset:
        printk(XENLOG_INFO "dom0 asked for a reboot\n");
        machine_reset();
    case SHUTDOWN_poweroff:
        printk(XENLOG_INFO "dom0 asked for power off\n");
        machine_power_off();
    case SHUTDOWN_crash:
    case SHUTDOWN_watchdog:
        panic("dom0 crashed (shutdown reason %u)\n", reason);
    default:
        return -EINVAL;
    }
}
