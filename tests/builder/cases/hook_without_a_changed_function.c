/* SPDX-License-Identifier: GPL-2.0 */
/* Nothing but a hook, which writes a value. */
// live: same: a walk sets the value back
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
    return ask(value);
}
