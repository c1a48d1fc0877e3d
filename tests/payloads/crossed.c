/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload made to lie on `crossing`, whose functions cross pages: replaces
 * two of them, and makes the start of the third one NOPs.
 */
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>

#include "crossing_functions.h"

static char other_1(void)
{
    return 'A';
}

static char other_4(void)
{
    return 'B';
}

LIVEPATCH_FUNC(crosses_1, other_1, CROSSES_1_BYTES);
LIVEPATCH_FUNC(crosses_4, other_4, CROSSES_4_BYTES);
LIVEPATCH_NOPS(crosses_15, CROSSES_15_NOPS, CROSSES_15_BYTES);
