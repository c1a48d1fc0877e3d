/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload that other payloads can refer to: it defines a global function of
 * its own, and changes something that nobody here looks at.
 */
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>
#include <function_sizes.h>

const char *provided_version(void);

const char *provided_version(void)
{
    return "-provided";
}

static const char *other_compile_date(void)
{
    return "provider";
}

LIVEPATCH_FUNC_NAMED("xen_compile_date", provided, other_compile_date,
                     FUNCTION_SIZE(xen_compile_date));
