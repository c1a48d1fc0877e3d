/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload whose function calls itself without end. Only for seeing how the
 * hypervisor tells of a stack that is too small.
 */
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>
#include <function_sizes.h>

static volatile unsigned int deepest = ~0u;

static noinline unsigned int deeper(unsigned int depth)
{
    volatile unsigned int mine[32] = {depth};

    return depth == deepest ? 0 : deeper(depth + 1) + mine[0];
}

static const char *endless_extra_version(void)
{
    return deeper(0) ? "-deep" : "-flat";
}

LIVEPATCH_FUNC(xen_extra_version, endless_extra_version,
               FUNCTION_SIZE(xen_extra_version));
