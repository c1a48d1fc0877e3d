/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload to put in the place of all others: built for the bare hypervisor,
 * for the same function as extra_version and stacked_version.
 */
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>
#include <function_sizes.h>

static const char *replacing_extra_version(void)
{
    return "-replaced";
}

LIVEPATCH_FUNC_NAMED("xen_extra_version", replacing, replacing_extra_version,
                     FUNCTION_SIZE(xen_extra_version));
