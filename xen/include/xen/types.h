/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Integer types, from the compiler's own freestanding headers, and the
 * physical address types.
 */
#ifndef XEN_TYPES_H
#define XEN_TYPES_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint64_t paddr_t; /* physical address, bytes */
typedef uint64_t mfn_t;   /* machine frame number */

#define INVALID_PADDR (~(paddr_t)0)

#define BITS_PER_LONG 64

#endif
