/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The host's NMI. Every physical NMI is the hypervisor's and means no more
 * than "look": what to look at stands in memory, and the code that let the
 * NMI in looks there. So an NMI that merges with another loses nothing.
 */
#include <xen/shutdown.h>
#include <asm/trap_frame.h>

void nmi_taken(void)
{
    halt_if_told();
}
