/* SPDX-License-Identifier: GPL-2.0 */
/*
 * SIGINT, SIGTERM and SIGHUP while something is done to the hypervisor: a
 * request that was sent goes on there whatever becomes of this command, so the
 * command sees it through, tells and logs how it ended, and begins no other.
 */
#ifndef XEN_LIVEPATCH_INTERRUPT_H
#define XEN_LIVEPATCH_INTERRUPT_H

#include <stdbool.h>

/* From now on the three are only noted; before, they end the program. May be
 * called again. */
void interrupt_hold(void);

/* The name of the one that came, such as "SIGINT"; NULL: none did. */
const char *interrupt_name(void);

/* They end the program again, and none has come. */
void interrupt_release(void);

#endif
