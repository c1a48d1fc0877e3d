/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Bytes that do nothing.
 */
#ifndef ASM_NOPS_H
#define ASM_NOPS_H

#include <xen/types.h>

/* Fills nr bytes with as few instructions that do nothing as can be. */
void fill_with_nops(uint8_t *bytes, unsigned int nr);

#endif
