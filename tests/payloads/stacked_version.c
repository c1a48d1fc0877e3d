/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload made to lie on extra_version: it depends on that payload's
 * build-id (tests/nested/build.mk) and replaces the same function. The entry
 * has a name of its own: on stock Xen even local symbols of payloads clash.
 */
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>
#include <function_sizes.h>

static const char *stacked_extra_version(void)
{
    return "-stacked";
}

LIVEPATCH_FUNC_NAMED("xen_extra_version", stacked, stacked_extra_version,
                     FUNCTION_SIZE(xen_extra_version));
