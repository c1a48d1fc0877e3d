/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Starts system time (<xen/time.h>). Boot only.
 */
#ifndef ASM_TIME_H
#define ASM_TIME_H

void time_init(void);

#endif
