/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload made to lie on `crossing`, whose functions cross pages: replaces
 * two of them, and makes the start of the third one NOPs.
 */
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>

#include "crossing.h"

static char other_1(void)
{
    return 'A';
}

static char other_4(void)
{
    return 'B';
}

#define PATCH(function, bytes, by, new_bytes)                                  \
    {                                                                          \
        .version = LIVEPATCH_PAYLOAD_VERSION, .name = #function,               \
        .new_addr = (void *)(by), .new_size = (new_bytes),                     \
        .old_size = (bytes),                                                   \
    }

static struct livepatch_func functions[] __used_section(".livepatch.funcs") = {
    PATCH(crosses_1, CROSSES_1_BYTES, other_1, 1),
    PATCH(crosses_4, CROSSES_4_BYTES, other_4, 1),
    PATCH(crosses_15, CROSSES_15_BYTES, NULL, CROSSES_15_NOPS),
};
