/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload with a bug: each revert takes memory that nobody gives back. Only
 * for seeing that a replay notices.
 */
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>
#include <xen/xmalloc.h>
#include <function_sizes.h>

static void take_memory(livepatch_payload_t *payload)
{
    (void)payload;
    xmalloc_bytes(3000);
}
LIVEPATCH_POSTREVERT_HOOK(take_memory);

static const char *leaking_extra_version(void)
{
    return "-leaking";
}

LIVEPATCH_FUNC(xen_extra_version, leaking_extra_version,
               FUNCTION_SIZE(xen_extra_version));
