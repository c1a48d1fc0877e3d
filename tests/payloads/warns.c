/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload whose function complains and goes on, and has the registers shown
 * to a function of its own. The hypervisor's log is to name this file and the
 * lines.
 */
#include <xen/lib.h>
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>
#include <function_sizes.h>

static bool was_shown;

static void show(const struct trap_frame *frame)
{
    was_shown = frame != NULL;
    printk(XENLOG_INFO "warns: a function of the payload was called\n");
}

static const char *warning_extra_version(void)
{
    WARN();
    run_in_exception_handler(show);
    return WARN_ON(!was_shown) ? "-not-shown" : "-warned";
}

LIVEPATCH_FUNC(xen_extra_version, warning_extra_version,
               FUNCTION_SIZE(xen_extra_version));
