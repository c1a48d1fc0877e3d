/* SPDX-License-Identifier: GPL-2.0 */
/*
 * No code of the hypervisor's own is exchanged by feature: what alternatives
 * may ask for is the one that all have.
 */
#include <asm/cpufeature.h>

bool cpus_have_cap(unsigned int num)
{
    return num == LIVEPATCH_FEATURE;
}
