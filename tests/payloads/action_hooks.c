/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload whose own hooks apply and revert it, by the default work. Its
 * revert hook lies the first time: it says that it has reverted, and has not.
 * In the stop it can write what is constant after the boot; after it, it
 * cannot.
 */
#include <xen/lib.h>
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>
#include <xen/time.h>
#include <function_sizes.h>

#include "can_write_value.h"

/* Not a number that the hypervisor has a use for during this test. */
extern s_time_t
    timeout LIVEPATCH_SYMBOL("common/livepatch/action.c#default_timeout_ns");

static s_time_t old_timeout;
static unsigned int nr_reverts;

static void load(void)
{
    old_timeout = timeout;
    timeout = SECONDS(3);
}
LIVEPATCH_LOAD_HOOK(load);

static void unload(void)
{
    timeout = old_timeout;
}
LIVEPATCH_UNLOAD_HOOK(unload);

static int apply(livepatch_payload_t *payload)
{
    const int rc = apply_payload(payload);

    if (rc == 0) {
        apply_payload_tail(payload);
    }
    return rc;
}
LIVEPATCH_APPLY_HOOK(apply);

static int revert(livepatch_payload_t *payload)
{
    int rc = 0;

    if (nr_reverts++ == 0) {
        for (unsigned int i = 0; i < payload->nfuncs; i++) {
            payload->fstate[i].applied = LIVEPATCH_FUNC_NOT_APPLIED;
        }
        return 0;
    }
    rc = revert_payload(payload);
    if (rc == 0) {
        revert_payload_tail(payload);
    }
    return rc;
}
LIVEPATCH_REVERT_HOOK(revert);

static void after_apply(livepatch_payload_t *payload)
{
    printk(XENLOG_INFO "action_hooks: %s: timeout %ld s, %s\n", payload->name,
           (long)(timeout / SECONDS(1)),
           can_write_value(&timeout) ? "still writable" : "constant again");
}
LIVEPATCH_POSTAPPLY_HOOK(after_apply);

static const char *hooked_extra_version(void)
{
    return "-by-hook";
}

LIVEPATCH_FUNC(xen_extra_version, hooked_extra_version,
               FUNCTION_SIZE(xen_extra_version));
