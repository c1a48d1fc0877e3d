/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The byte that says of most instructions what they work on, and the numbers in
 * it (AMD APM vol. 3, 1.4.1): mod * 64 + reg * 8 + rm. Example: b7 is mod 2
 * (memory, a displacement of 32 bits), reg 6 and rm 7.
 */
#ifndef ASM_MODRM_H
#define ASM_MODRM_H

#include <xen/types.h>

#define MOD_REGISTER 3
#define RM_SIB 4
#define BASE_NONE 5 /* with mod 0: a displacement alone */

/*@ assigns \nothing; ensures \result < 4; */
static inline unsigned int modrm_mod(uint8_t modrm)
{
    return modrm / 64;
}

/*@ assigns \nothing; ensures \result < 8; */
static inline unsigned int modrm_reg(uint8_t modrm)
{
    return modrm / 8 % 8;
}

/* Of a SIB byte: the base. */
/*@ assigns \nothing; ensures \result < 8; */
static inline unsigned int modrm_rm(uint8_t modrm)
{
    return modrm % 8;
}

#endif
