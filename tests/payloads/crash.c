/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload with a bug: its function reads through a null pointer. Only for
 * seeing how the hypervisor tells of it.
 */
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>
#include <function_sizes.h>

struct list {
    const char *name;
    const char *value;
};

static const char *crashing_extra_version(void)
{
    const struct list *volatile list = NULL;

    return list->value;
}

LIVEPATCH_FUNC(xen_extra_version, crashing_extra_version,
               FUNCTION_SIZE(xen_extra_version));
