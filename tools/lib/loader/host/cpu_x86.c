// SPDX-License-Identifier: GPL-2.0
/*
 * What x86's alternatives ask of the CPU. It is not known which one it will be:
 * one that has everything, so that all code is exchanged that can be.
 */
#include <asm/cpufeature.h>

bool boot_cpu_has(unsigned int feature)
{
    (void)feature;
    return true;
}
