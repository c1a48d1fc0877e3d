/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload with a bug: whoever calls its function never comes back. Only for
 * seeing how a replay tells of it.
 */
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>
#include <function_sizes.h>

static const char *spinning_extra_version(void)
{
    for (;;) {
        __asm__ __volatile__("pause" : : : "memory");
    }
    return "";
}

LIVEPATCH_FUNC(xen_extra_version, spinning_extra_version,
               FUNCTION_SIZE(xen_extra_version));
