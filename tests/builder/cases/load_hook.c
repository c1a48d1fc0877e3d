/* SPDX-License-Identifier: GPL-2.0 */
/* A function that runs when the payload is applied. */
//= taken check
//= taken prepare: new function
#include "case.h"

int check(int value);

#ifdef PATCHED
static void prepare(void)
{
    shared = 7;
}
static void (*const load_prepare)(void) used
    section(".livepatch.hooks.load") = prepare;
#endif

int check(int value)
{
#ifdef PATCHED
    value++;
#endif
    return ask(value);
}
