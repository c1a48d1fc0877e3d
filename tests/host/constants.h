/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The host's read-only data, as it is before a test.
 */
#ifndef HOST_CONSTANTS_H
#define HOST_CONSTANTS_H

/* Read-only, and nothing prepared. */
void host_constants_reset(void);

#endif
