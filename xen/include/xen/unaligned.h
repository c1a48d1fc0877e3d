/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Numbers among bytes, at any address, little endian as both architectures are.
 * That callers stay within their bytes is proven (docs/proof.md); that these
 * return the same of the same bytes is all that a proof knows of them.
 */
#ifndef XEN_UNALIGNED_H
#define XEN_UNALIGNED_H

#include <xen/types.h>

/*@ predicate readable{L}(uint8_t *p, integer bytes) =
      \valid_read(p + (0 .. bytes - 1));
    axiomatic Numbers {
      logic uint16_t u16_at{L}(uint8_t *p) reads p[0 .. 1];
      logic uint32_t u32_at{L}(uint8_t *p) reads p[0 .. 3];
      logic uint64_t u64_at{L}(uint8_t *p) reads p[0 .. 7];
    }
 */

/*@ requires readable(p, 2);
    assigns \nothing;
    admit ensures \result == u16_at(p);
 */
static inline uint16_t read_u16(const uint8_t *p)
{
    uint16_t value;

    __builtin_memcpy(&value, p, sizeof(value));
    return value;
}

/*@ requires readable(p, 4);
    assigns \nothing;
    admit ensures \result == u32_at(p);
 */
static inline uint32_t read_u32(const uint8_t *p)
{
    uint32_t value;

    __builtin_memcpy(&value, p, sizeof(value));
    return value;
}

/*@ requires readable(p, 8);
    assigns \nothing;
    admit ensures \result == u64_at(p);
 */
static inline uint64_t read_u64(const uint8_t *p)
{
    uint64_t value;

    __builtin_memcpy(&value, p, sizeof(value));
    return value;
}

/*@ requires \valid(p + (0 .. 3)); assigns p[0 .. 3]; */
static inline void write_u32(uint8_t *p, uint32_t value)
{
    __builtin_memcpy(p, &value, sizeof(value));
}

/*@ requires \valid(p + (0 .. 7)); assigns p[0 .. 7]; */
static inline void write_u64(uint8_t *p, uint64_t value)
{
    __builtin_memcpy(p, &value, sizeof(value));
}

#endif
