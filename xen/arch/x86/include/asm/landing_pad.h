/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where an indirect branch may land: the first instruction of a function that
 * is called through a pointer.
 */
#ifndef ASM_LANDING_PAD_H
#define ASM_LANDING_PAD_H

#include <xen/types.h>

/*
 * Bytes of the landing pad at the start of the nr_bytes bytes of code: ENDBR64,
 * or the NOP of the same size that Xen puts in its place where no indirect
 * branch may land; 0: there is none. Source: AMD APM vol. 3, ENDBR64; CET-IBT.
 */
unsigned int landing_pad_bytes(const void *code, size_t nr_bytes);

#endif
