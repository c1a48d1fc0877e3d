/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload with functions that cross pages: the hypervisor's own lie at
 * multiples of 16. It shows in dom0 what each of them answers, and what stands
 * around the ends of the pages that they cross. Where they lie is the
 * architecture's (ARCH/crossing.h). The payload `crossed` patches all three.
 */
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>
#include <xen/types.h>
#include <function_sizes.h>

#include "crossing_functions.h"

__asm__(CROSSING_FUNCTIONS);

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
    at = put_bytes(at, (const uint8_t *)crosses_15 + CROSSES_15_SHOWN, 8);
    *--at = '\0';
    return text;
}

LIVEPATCH_FUNC(xen_changeset, crossing_changeset, FUNCTION_SIZE(xen_changeset));
