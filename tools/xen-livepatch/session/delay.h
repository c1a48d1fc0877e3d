/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Waiting, apart so that tests can replace it at link time.
 */
#ifndef XEN_LIVEPATCH_DELAY_H
#define XEN_LIVEPATCH_DELAY_H

/* Sleep for at least `ms` milliseconds. */
void delay_ms(unsigned int ms);

#endif
