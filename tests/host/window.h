/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The patching windows of the host, as tests see them.
 */
#ifndef HOST_WINDOW_H
#define HOST_WINDOW_H

/* Windows that are open now: opened and not closed. */
unsigned int host_windows(void);

/* Bytes written through windows so far. */
unsigned long host_window_bytes(void);

#endif
