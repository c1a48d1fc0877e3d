/* SPDX-License-Identifier: GPL-2.0 */
/* See a.c. */
#include "case.h"

int one(int value);

#ifdef PATCHED
static int state;

int one(int value)
{
    use(&state);
    state += value;
    return ask(value);
}
#endif
