/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload that claims what is not so. Only for seeing how the hypervisor
 * tells of it.
 */
#include <xen/lib.h>
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>
#include <function_sizes.h>

static const char *const claimed;

static const char *claiming_extra_version(void)
{
    ASSERT(claimed != NULL);
    return claimed;
}

LIVEPATCH_FUNC(xen_extra_version, claiming_extra_version,
               FUNCTION_SIZE(xen_extra_version));
