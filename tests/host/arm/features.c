// SPDX-License-Identifier: GPL-2.0
/*
 * What arm64's alternatives ask of the CPU.
 */
#include "host/features.h"

#include <xen/lib.h>
#include <asm/cpufeature.h>

bool cpus_have_cap(unsigned int num)
{
    if (num >= ARM_NCAPS) {
        panic("host: feature %u of %u\n", num, ARM_NCAPS);
    }
    return num % 2 == 0;
}
