/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload that fixes no function but a constant: its load hook changes a
 * letter of the text that the hypervisor gives as its extra version, and its
 * unload hook puts the letter back.
 */
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>

extern const char *xen_extra_version(void);

static char *letter(void)
{
    return (char *)xen_extra_version() + 1;
}

static char old;

static void fix(void)
{
    old = *letter();
    *letter() = 'X';
}
LIVEPATCH_LOAD_HOOK(fix);

static void unfix(void)
{
    *letter() = old;
}
LIVEPATCH_UNLOAD_HOOK(unfix);
