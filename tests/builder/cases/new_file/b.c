/* SPDX-License-Identifier: GPL-2.0 */
/* See a.c. */
#include "case.h"

#ifdef PATCHED
int helper(int value);
static int calls;

int helper(int value)
{
    use(&calls);
    calls++;
    return ask(value);
}
#endif
