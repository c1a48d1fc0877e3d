/* SPDX-License-Identifier: GPL-2.0 */
/*
 * System time from the generic timer's counter, which runs at one rate on all
 * pCPUs and says what that is (Arm ARM, D12).
 */
#include <xen/cache.h>
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/time.h>
#include <asm/system.h>
#include <asm/time.h>

unsigned int __ro_after_init cpu_khz;
static uint64_t __ro_after_init boot_count;
static uint64_t __ro_after_init frequency; /* Hz */

s_time_t get_s_time(void)
{
    const uint64_t count = read_sysreg(cntpct_el0) - boot_count;

    if (frequency == 0) {
        return 0;
    }
    return (s_time_t)(count / frequency * SECONDS(1) +
                      count % frequency * SECONDS(1) / frequency);
}

void __init time_init(void)
{
    frequency = read_sysreg(cntfrq_el0);
    boot_count = read_sysreg(cntpct_el0);
    if (frequency == 0) {
        panic("the generic timer has no frequency\n");
    }
    cpu_khz = frequency / 1000;
    printk(XENLOG_INFO "the counter runs at %u kHz\n", cpu_khz);
}
