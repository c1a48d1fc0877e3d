/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The firmware resets the machine, and turns it off.
 */
#include <xen/shutdown.h>
#include <asm/psci.h>

void noreturn machine_reset(void)
{
    psci_system_reset();
}

void noreturn machine_power_off(void)
{
    psci_system_off();
}
