/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The subsystem's options of the hypervisor's command line, one at a time.
 */
#ifndef HOST_BOOT_OPTION_H
#define HOST_BOOT_OPTION_H

/* Gives an option that exists its value; what its parser says. */
int host_boot_option(const char *name, const char *value);

#endif
