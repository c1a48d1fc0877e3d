/* SPDX-License-Identifier: GPL-2.0 */
/*
 * For tests on any machine: flushes are the test's to see.
 */
#ifndef ASM_TLB_H
#define ASM_TLB_H

void flush_tlb_guest(void);

#endif
