/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload that calls a function of the payload `provider`, which must be
 * loaded before it and cannot be unloaded while it is there.
 */
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>
#include <function_sizes.h>

const char *provided_version(void);

static const char *borrowed_extra_version(void)
{
    return provided_version();
}

LIVEPATCH_FUNC_NAMED("xen_extra_version", borrowed, borrowed_extra_version,
                     FUNCTION_SIZE(xen_extra_version));
