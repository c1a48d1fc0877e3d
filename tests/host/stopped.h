/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Holds the subsystem to its word that nothing allocates, prints, locks or
 * looks anything up while a patching window is open for writing.
 */
#ifndef HOST_STOPPED_H
#define HOST_STOPPED_H

#include <xen/types.h>

void host_set_stopped(bool is_stopped);

/* Ends in panic() when a window is open; `service` is what was asked for. */
void host_check_not_stopped(const char *service);

#endif
