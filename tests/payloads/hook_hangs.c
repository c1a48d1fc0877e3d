/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload whose load hook never comes back: all pCPUs would stand still for
 * good.
 */
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>
#include <asm/system.h>
#include <function_sizes.h>

static void hang(void)
{
    for (;;) {
        cpu_relax();
    }
}
LIVEPATCH_LOAD_HOOK(hang);

static const char *unreached_extra_version(void)
{
    return "-unreached";
}

LIVEPATCH_FUNC(xen_extra_version, unreached_extra_version,
               FUNCTION_SIZE(xen_extra_version));
