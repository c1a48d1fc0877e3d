/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One of two files of one name: each has its own cpu_callback() and counter.
 * What a compiler makes of it has strings, a table of pointers to them, a
 * constant without a name and links of all usual kinds.
 */
#include "../samples.h"

static int counter = 7;
static char zeros[64];
static const char *const colours[] = {"red colour", "green colour", "blue"};

static NOINLINE int cpu_callback(int cpu)
{
    counter += cpu;
    zeros[cpu & 63]++;
    return counter;
}

/* A switch over values: a table of them. */
static NOINLINE int weight(int kind)
{
    switch (kind) {
    case 0:
        return 17;
    case 1:
        return 5;
    case 2:
        return 91;
    case 3:
        return 33;
    case 4:
        return 12;
    default:
        return -1;
    }
}

const char *one(int cpu)
{
    if (cpu < 0) {
        return "colour";
    }
    return colours[(unsigned int)(cpu_callback(cpu) + other(weight(cpu))) % 3];
}

const char *xen_compile_date(void)
{
    return "Mon Jan  1 2024";
}

#ifdef __x86_64__
/* Halves of a number that another file knows, as a gate's address has them. */
__asm__(".pushsection .data.gate, \"aw\"\n"
        ".hidden gate\n.globl gate\n.type gate, @object\n"
        "gate: .short gate_low, 8, gate_high, 0\n"
        ".size gate, . - gate\n"
        ".popsection");
#endif

const char *banner(void)
{
    return "built on Mon Jan  1 2024, for tests";
}
