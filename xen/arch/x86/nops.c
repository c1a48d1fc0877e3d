/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The longest NOPs that every x86-64 CPU decodes well, by length. Source:
 * AMD64 software optimization guides, "Code Padding with NOP".
 */
#include <xen/lib.h>
#include <xen/string.h>
#include <asm/nops.h>

static const uint8_t nops[][9] = {
    {0},
    {0x90},
    {0x66, 0x90},
    {0x0f, 0x1f, 0x00},
    {0x0f, 0x1f, 0x40, 0x00},
    {0x0f, 0x1f, 0x44, 0x00, 0x00},
    {0x66, 0x0f, 0x1f, 0x44, 0x00, 0x00},
    {0x0f, 0x1f, 0x80, 0x00, 0x00, 0x00, 0x00},
    {0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00},
    {0x66, 0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00},
};

#define LONGEST_NOP (ARRAY_SIZE(nops) - 1)

void fill_with_nops(uint8_t *bytes, unsigned int nr)
{
    while (nr) {
        const unsigned int length = min(nr, (unsigned int)LONGEST_NOP);

        memcpy(bytes, nops[length], length);
        bytes += length;
        nr -= length;
    }
}
