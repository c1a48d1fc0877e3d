/* SPDX-License-Identifier: GPL-2.0 */
/*
 * System time from the time-stamp counter, which runs at one rate on all
 * pCPUs; its rate is measured once against ACPI's power-management timer.
 * Each end of the measurement is the tightest of several readings, so that a
 * pause of a virtual machine in the middle of one does not count, and only the
 * ratio of the two differences does.
 */
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/time.h>
#include <asm/cpu.h>
#include <asm/system.h>
#include <asm/time.h>

#define PM_TIMER_HZ 3579545UL
#define PM_TIMER_MASK 0xffffff
#define PM_TICKS_MEASURED (PM_TIMER_HZ / 50) /* 20 ms */
#define READINGS 16
#define SCALE_SHIFT 30 /* 5 s, the timer's period, in ns still fits */

struct reading {
    uint64_t tsc;
    uint32_t pm;
    uint64_t width; /* cycles that taking it took */
};

unsigned int cpu_khz;
static uint64_t boot_tsc;
static uint64_t ns_per_cycle_scaled; /* ns << SCALE_SHIFT a cycle */

s_time_t get_s_time(void)
{
    unsigned __int128 cycles = rdtsc() - boot_tsc;

    return (s_time_t)((cycles * ns_per_cycle_scaled) >> SCALE_SHIFT);
}

static struct reading __init read_once(uint16_t port)
{
    uint64_t before = rdtsc();
    uint32_t pm = inl(port) & PM_TIMER_MASK;
    uint64_t after = rdtsc();

    return (struct reading){
        .tsc = before + (after - before) / 2,
        .pm = pm,
        .width = after - before,
    };
}

static struct reading __init read_tightest(uint16_t port)
{
    struct reading best = read_once(port);

    for (unsigned int i = 1; i < READINGS; i++) {
        struct reading next = read_once(port);

        best = next.width < best.width ? next : best;
    }
    return best;
}

static uint32_t __init pm_ticks_between(uint32_t from, uint32_t to)
{
    return (to - from) & PM_TIMER_MASK;
}

void __init time_init(uint16_t pm_timer_port)
{
    struct reading first, last;
    uint64_t ticks;

    if (pm_timer_port == 0) {
        panic("ACPI: no power-management timer\n");
    }
    boot_tsc = rdtsc();
    first = read_tightest(pm_timer_port);
    do {
        last = read_tightest(pm_timer_port);
        ticks = pm_ticks_between(first.pm, last.pm);
        if (rdtsc() - boot_tsc > 1UL << 36 && ticks == 0) {
            panic("ACPI: the power-management timer stands still\n");
        }
    } while (ticks < PM_TICKS_MEASURED);
    ns_per_cycle_scaled = (ticks * SECONDS(1) / PM_TIMER_HZ << SCALE_SHIFT) /
                          (last.tsc - first.tsc);
    cpu_khz = (last.tsc - first.tsc) * (PM_TIMER_HZ / 1000) / ticks;
    printk(XENLOG_INFO "TSC runs at %u kHz\n", cpu_khz);
}
