/* SPDX-License-Identifier: GPL-2.0 */
/* See a.c. */
#include "case.h"

int two(int value);
int helper(int value);

int two(int value)
{
#ifdef PATCHED
    return helper(value);
#else
    return ask(value);
#endif
}
