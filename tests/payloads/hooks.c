/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload with six of the eight kinds of hooks: each one notes a letter, and
 * those that may print show the letters so far in the hypervisor's log. Its
 * replaced function shows in dom0 what had been noted when it was put in
 * force. Apply and revert hooks are another payload's job: they would take the
 * place of load and unload hooks.
 */
#include <xen/lib.h>
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>
#include <function_sizes.h>

static char order[16] = "-";

static void note(char letter)
{
    unsigned int length = 0;

    while (order[length] != '\0') {
        length++;
    }
    if (length < sizeof(order) - 1) {
        order[length] = letter;
    }
}

static void show(void)
{
    printk(XENLOG_INFO "hooks: order %s\n", order);
}

static int before_apply(livepatch_payload_t *payload)
{
    (void)payload;
    note('p');
    return 0;
}
LIVEPATCH_PREAPPLY_HOOK(before_apply);

static void on_load(void)
{
    note('l');
}
LIVEPATCH_LOAD_HOOK(on_load);

static void after_apply(livepatch_payload_t *payload)
{
    (void)payload;
    note('P');
    show();
}
LIVEPATCH_POSTAPPLY_HOOK(after_apply);

static int before_revert(livepatch_payload_t *payload)
{
    (void)payload;
    note('r');
    return 0;
}
LIVEPATCH_PREREVERT_HOOK(before_revert);

static void on_unload(void)
{
    note('u');
}
LIVEPATCH_UNLOAD_HOOK(on_unload);

static void after_revert(livepatch_payload_t *payload)
{
    (void)payload;
    note('R');
    show();
}
LIVEPATCH_POSTREVERT_HOOK(after_revert);

static const char *noted_extra_version(void)
{
    return order;
}

LIVEPATCH_FUNC(xen_extra_version, noted_extra_version,
               FUNCTION_SIZE(xen_extra_version));
