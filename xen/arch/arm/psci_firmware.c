/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the firmware does for us, asked for by SMC.
 */
#include <asm/psci.h>

static long call_firmware(uint64_t function, uint64_t a1, uint64_t a2,
                          uint64_t a3)
{
    register uint64_t x0 __asm__("x0") = function;
    register uint64_t x1 __asm__("x1") = a1;
    register uint64_t x2 __asm__("x2") = a2;
    register uint64_t x3 __asm__("x3") = a3;

    __asm__ __volatile__("smc #0"
                         : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3)
                         :
                         : "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11",
                           "x12", "x13", "x14", "x15", "x16", "x17", "memory");
    return (int32_t)x0;
}

long psci_cpu_on(uint64_t mpidr, paddr_t entry, uint64_t x0)
{
    return call_firmware(PSCI_CPU_ON | SMC64, mpidr, entry, x0);
}

static void noreturn wait_for_the_end(void)
{
    for (;;) {
        __asm__ __volatile__("wfi");
    }
}

void noreturn psci_system_off(void)
{
    (void)call_firmware(PSCI_SYSTEM_OFF, 0, 0, 0);
    wait_for_the_end();
}

void noreturn psci_system_reset(void)
{
    (void)call_firmware(PSCI_SYSTEM_RESET, 0, 0, 0);
    wait_for_the_end();
}
