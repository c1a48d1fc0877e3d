/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Filling a place with bytes that do nothing.
 */
#include <xen/lib.h>
#include <xen/string.h>
#include <asm/nops.h>

static const uint8_t nops[][ASM_NOP_MAX] = {
    {0},           {NOP_BYTES_1}, {NOP_BYTES_2}, {NOP_BYTES_3}, {NOP_BYTES_4},
    {NOP_BYTES_5}, {NOP_BYTES_6}, {NOP_BYTES_7}, {NOP_BYTES_8}, {NOP_BYTES_9},
};

void fill_with_nops(uint8_t *bytes, unsigned int nr)
{
    while (nr) {
        const unsigned int length = min(nr, (unsigned int)ASM_NOP_MAX);

        memcpy(bytes, nops[length], length);
        bytes += length;
        nr -= length;
    }
}
