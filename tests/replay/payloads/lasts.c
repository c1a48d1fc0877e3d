/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload with a bug: what its load hook changes, a letter of the text that
 * the hypervisor gives as its extra version, no hook puts back. Only for seeing
 * that a replay notices.
 */
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>

extern const char *xen_extra_version(void);

static void change_for_good(void)
{
    *((char *)xen_extra_version() + 1) = 'L';
}
LIVEPATCH_LOAD_HOOK(change_for_good);
