/* SPDX-License-Identifier: GPL-2.0 */
/* Room for a tracer before functions that the compiler puts elsewhere. */
// flags: -fpatchable-function-entry=8,4
//= taken check
//= taken added: new
#include "case.h"

#define seldom_run __attribute__((cold, __noinline__))

int check(int value);
seldom_run int seldom(int value);
int other(int value);

seldom_run int seldom(int value)
{
    return ask(value + 2);
}

#ifdef PATCHED
seldom_run static int added(int value)
{
    return ask(value + 5);
}
#endif

int check(int value)
{
#ifdef PATCHED
    value = added(value);
#endif
    return seldom(value);
}
