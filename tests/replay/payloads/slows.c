/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload with a bug: its load hook keeps all pCPUs waiting for half a
 * second. Only for seeing that a replay with a limit notices.
 */
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>
#include <xen/time.h>
#include <function_sizes.h>

static void dawdle(void)
{
    const s_time_t until = NOW() + MILLISECS(500);

    while (NOW() < until) {
        __asm__ __volatile__("pause" : : : "memory");
    }
}
LIVEPATCH_LOAD_HOOK(dawdle);

static const char *slow_extra_version(void)
{
    return "-slow";
}

LIVEPATCH_FUNC(xen_extra_version, slow_extra_version,
               FUNCTION_SIZE(xen_extra_version));
