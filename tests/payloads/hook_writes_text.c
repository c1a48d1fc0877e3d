/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload whose load hook writes to the hypervisor's text, which is not for
 * hooks.
 */
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>
#include <function_sizes.h>

extern const char *xen_extra_version(void);

static void write_text(void)
{
    *(volatile char *)xen_extra_version = '\xc3';
}
LIVEPATCH_LOAD_HOOK(write_text);

static const char *unreached_extra_version(void)
{
    return "-unreached";
}

LIVEPATCH_FUNC(xen_extra_version, unreached_extra_version,
               FUNCTION_SIZE(xen_extra_version));
