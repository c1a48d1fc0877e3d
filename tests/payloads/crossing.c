/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload with functions that cross pages: the hypervisor's own lie at
 * multiples of 16. It shows in dom0 what each of them answers, and what stands
 * around the ends of the pages that they cross:
 *
 *     crosses_1    its first byte is the last one of a page
 *     crosses_4    its first four are
 *     crosses_15   31 bytes, of which 15 are, before those that answer
 *
 * The payload `crossed` patches all three.
 */
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>
#include <xen/types.h>
#include <function_sizes.h>

#include "crossing.h"

char crosses_1(void);
char crosses_4(void);
char crosses_15(void);

/* Nothing of the rest runs: a byte that was not replaced would trap. */
__asm__(".section .text.crossing, \"ax\", @progbits\n"
        ".balign 4096\n"
        ".skip 4096 - 1, 0xcc\n"
        ".globl crosses_1\n"
        ".type crosses_1, @function\n"
        "crosses_1: mov $0x5a5a5a61, %eax\n"
        "ret\n"
        ".size crosses_1, . - crosses_1\n"
        ".org 2 * 4096 - 4, 0xcc\n"
        ".globl crosses_4\n"
        ".type crosses_4, @function\n"
        "crosses_4: mov $0x5a5a5a62, %eax\n"
        "ret\n"
        ".size crosses_4, . - crosses_4\n"
        ".org 3 * 4096 - 15, 0xcc\n"
        ".globl crosses_15\n"
        ".type crosses_15, @function\n"
        "crosses_15: mov $0x5a5a5a63, %eax\n"
        "ret\n"
        ".skip 25, 0xcc\n"
        "mov $0x5a5a5a43, %eax\n"
        "ret\n"
        ".size crosses_15, . - crosses_15\n"
        ".balign 16, 0xcc\n"
        ".previous\n");

static char *put_bytes(char *at, const void *from, unsigned int nr)
{
    const uint8_t *byte = from;

    for (unsigned int i = 0; i < nr; i++) {
        *at++ = "0123456789abcdef"[byte[i] >> 4];
        *at++ = "0123456789abcdef"[byte[i] & 15];
    }
    *at++ = ' ';
    return at;
}

/* Three letters, and the bytes on both sides of the end of each page. */
static const char *crossing_changeset(void)
{
    static char text[64];
    char *at = text;

    *at++ = crosses_1();
    *at++ = crosses_4();
    *at++ = crosses_15();
    *at++ = ' ';
    at = put_bytes(at, crosses_1, CROSSES_1_BYTES);
    at = put_bytes(at, crosses_4, CROSSES_4_BYTES);
    at = put_bytes(at, (const uint8_t *)crosses_15 + 11, 8);
    *--at = '\0';
    return text;
}

LIVEPATCH_FUNC(xen_changeset, crossing_changeset, FUNCTION_SIZE(xen_changeset));
