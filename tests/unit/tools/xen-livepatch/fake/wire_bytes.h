/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Little-endian numbers at byte offsets, independent of any structure.
 */
#ifndef TESTS_WIRE_BYTES_H
#define TESTS_WIRE_BYTES_H

#include <stdint.h>

static inline uint64_t number_at(const unsigned char *bytes,
                                 unsigned int offset, unsigned int nr_bytes)
{
    uint64_t number = 0;

    while (nr_bytes--) {
        number = number << 8 | bytes[offset + nr_bytes];
    }
    return number;
}

static inline uint16_t u16_at(const unsigned char *bytes, unsigned int offset)
{
    return (uint16_t)number_at(bytes, offset, 2);
}

static inline uint32_t u32_at(const unsigned char *bytes, unsigned int offset)
{
    return (uint32_t)number_at(bytes, offset, 4);
}

static inline uint64_t u64_at(const unsigned char *bytes, unsigned int offset)
{
    return number_at(bytes, offset, 8);
}

static inline void put_u32(unsigned char *bytes, unsigned int offset,
                           uint32_t number)
{
    for (unsigned int i = 0; i < 4; i++) {
        bytes[offset + i] = (unsigned char)(number >> (8 * i));
    }
}

static inline void put_u64(unsigned char *bytes, unsigned int offset,
                           uint64_t number)
{
    put_u32(bytes, offset, (uint32_t)number);
    put_u32(bytes, offset + 4, (uint32_t)(number >> 32));
}

#endif
