/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The smallest payload with an effect that dom0 can see: it replaces the
 * function behind /sys/hypervisor/version/extra. Takes nothing; the same
 * source serves every hypervisor that has xen_extra_version(). Hooks, data and
 * calls into the hypervisor are other payloads' job.
 */
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>
#include <function_sizes.h>

static const char *patched_extra_version(void)
{
    return "-patched";
}

LIVEPATCH_FUNC(xen_extra_version, patched_extra_version,
               FUNCTION_SIZE(xen_extra_version));
