/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload that needs a symbol of the hypervisor: the replaced function
 * answers with what xen_compiler() says, so that dom0 sees whether the call
 * arrived. Stands for every payload whose code is not an island.
 */
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>
#include <xen/version.h>
#include <function_sizes.h>

static const char *compiler_as_extra_version(void)
{
    return xen_compiler();
}

LIVEPATCH_FUNC(xen_extra_version, compiler_as_extra_version,
               FUNCTION_SIZE(xen_extra_version));
