/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Being told to stop (SIGINT, SIGTERM, SIGHUP): remembered, not obeyed at once,
 * so that what was begun can be removed first.
 */
#ifndef LIVEPATCH_BUILD_INTERRUPT_H
#define LIVEPATCH_BUILD_INTERRUPT_H

/* From now on. */
void interrupt_watch(void);

/* The signal that came; 0: none did. */
int interrupt_signal(void);

#endif
