/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload whose own hook does not let it be applied: -ENOSPC.
 */
#include <xen/errno.h>
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>
#include <function_sizes.h>

static int refuse(livepatch_payload_t *payload)
{
    (void)payload;
    return -ENOSPC;
}
LIVEPATCH_PREAPPLY_HOOK(refuse);

static const char *vetoed_extra_version(void)
{
    return "-vetoed";
}

LIVEPATCH_FUNC(xen_extra_version, vetoed_extra_version,
               FUNCTION_SIZE(xen_extra_version));
