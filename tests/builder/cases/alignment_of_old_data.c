/* SPDX-License-Identifier: GPL-2.0 */
/* Where data may lie is no change of it. */
//= nothing
#include "case.h"

#ifdef PATCHED
static int state __attribute__((aligned(64)));
#else
static int state;
#endif
int check(int value);

int check(int value)
{
    use(&state);
    return ask(value);
}
