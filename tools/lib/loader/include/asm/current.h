/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The pCPU that the calling thread plays; a thread that plays none is number
 * 0. A place where a test can hold it (HOST_AT_ID, pcpu.h).
 */
#ifndef ASM_CURRENT_H
#define ASM_CURRENT_H

unsigned int smp_processor_id(void);

#endif
