/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Classes of ASCII characters.
 */
#ifndef XEN_CTYPE_H
#define XEN_CTYPE_H

#include <xen/types.h>

static inline bool is_printable(unsigned char c)
{
    return c >= 0x20 && c < 0x7f;
}

static inline bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

#endif
