/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload that meets a bug. Only for seeing how the hypervisor tells of it.
 */
#include <xen/lib.h>
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>
#include <function_sizes.h>

static const char *buggy_extra_version(void)
{
    BUG();
}

LIVEPATCH_FUNC(xen_extra_version, buggy_extra_version,
               FUNCTION_SIZE(xen_extra_version));
