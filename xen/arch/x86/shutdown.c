/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The ends: stopping all pCPUs for a panic, resetting the machine, and what
 * dom0 asks for by SCHEDOP_shutdown. Power off is dom0's own through ACPI,
 * whose registers it has.
 */
#include <xen/cache.h>
#include <xen/errno.h>
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/sched.h>
#include <xen/smp.h>
#include <xen/string.h>
#include <xen/time.h>
#include <public/sched.h>
#include <asm/cpu.h>
#include <asm/desc.h>
#include <asm/shutdown.h>
#include <asm/smp.h>
#include <asm/system.h>
#include <asm/traps.h>

#define STOP_BOUND MILLISECS(500)
#define RESET_PATIENCE_READS 200000
#define DELAY_PORT 0x80

#define RESET_CONTROL_PORT 0xcf9
#define RESET_CONTROL_HARD 0x06
#define KEYBOARD_PORT 0x64
#define KEYBOARD_RESET 0xfe

#define NO_LEADER (~0u)

static struct acpi_register __ro_after_init reset_register;
static bool __ro_after_init noreboot;
static unsigned int panic_leader = NO_LEADER;

static int __init parse_noreboot(const char *value)
{
    noreboot = strcmp(value, "no") != 0;
    return 0;
}
custom_param("noreboot", parse_noreboot);

void __init shutdown_set_reset(struct acpi_register reset)
{
    reset_register = reset;
}

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
    __builtin_unreachable();
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

/* By port reads of about a microsecond: a panic may come before there is time.
 */
static void wait_for_reset(void)
{
    for (unsigned int i = 0; i < RESET_PATIENCE_READS; i++) {
        (void)inb(DELAY_PORT);
    }
}

/* An exception that cannot be delivered: the CPU shuts down. */
static void triple_fault(void)
{
    struct {
        uint16_t limit;
        uint64_t base;
    } __packed nothing = {0, 0};

    __asm__ __volatile__("lidt %0; ud2" : : "m"(nothing));
}

void noreturn machine_reset(void)
{
    if (reset_register.port) {
        outb(reset_register.port, reset_register.value);
        wait_for_reset();
    }
    outb(RESET_CONTROL_PORT, RESET_CONTROL_HARD);
    wait_for_reset();
    outb(KEYBOARD_PORT, KEYBOARD_RESET);
    wait_for_reset();
    triple_fault();
    halt_forever();
    __builtin_unreachable();
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

long arch_domain_shutdown(unsigned int reason)
{
    switch (reason) {
    case SHUTDOWN_reboot:
    case SHUTDOWN_soft_reset:
        printk(XENLOG_INFO "dom0 asked for a reboot\n");
        machine_reset();
    case SHUTDOWN_poweroff:
        panic("dom0 asked for power off by hypercall, not by ACPI\n");
    case SHUTDOWN_crash:
    case SHUTDOWN_watchdog:
        panic("dom0 crashed (shutdown reason %u)\n", reason);
    default:
        return -EINVAL;
    }
}
