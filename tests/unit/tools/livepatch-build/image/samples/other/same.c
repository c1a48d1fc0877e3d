/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The other one: larger, so that its cpu_callback() is told from the first's.
 */
#include "../samples.h"

static long counter = 9;

static NOINLINE int cpu_callback(int cpu)
{
    counter = counter * 31 + cpu;
    if (counter % 3 == 0) {
        counter ^= cpu * 77;
    }
    return (int)counter;
}

#ifdef __x86_64__
__asm__(".globl gate_low, gate_high\n"
        ".hidden gate_low, gate_high\n"
        "gate_low = 0x9b20\n"
        "gate_high = 0x4020");
#endif

static NOINLINE int only_here(int cpu)
{
    return cpu * 3 + 1;
}

int other(int cpu)
{
    return cpu_callback(only_here(cpu)) + cpu_callback(cpu + 1);
}
