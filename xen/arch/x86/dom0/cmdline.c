/* SPDX-License-Identifier: GPL-2.0 */
/*
 * dom0's kernel command line: the words that this hypervisor's dom0 wants, then
 * the admin's. Linux takes the last word of several for one parameter and none
 * behind "--", so that the admin's words win and none of them is lost.
 */
#include <xen/init.h>
#include <xen/string.h>
#include <asm/dom0.h>

/*
 * A kernel on Xen wants event-channel interrupts, which there are none of. A
 * timer check of early boot fails on a machine that is slow to deliver its
 * ticks. The driver of /dev/xen/privcmd, where it is not Xen's first domain,
 * lets an open sleep until xenstore answers, which there is none of, so that
 * every command for this hypervisor would hang.
 */
#define WORDS                                                                  \
    "xen_no_vector_callback no_timer_check xen_privcmd.unrestricted=1 "

size_t __init dom0_cmdline_make(const char *given, char *to, size_t bytes)
{
    const size_t own = sizeof(WORDS) - 1;
    size_t length = own + strlen(given);

    if (length < bytes) {
        memcpy(to, WORDS, own);
        memcpy(to + own, given, length - own + 1);
    }
    return length;
}
