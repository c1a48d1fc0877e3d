/* SPDX-License-Identifier: GPL-2.0 */
/* See a.c. */
#include "case.h"

int two(int value);

int two(int value)
{
#ifdef PATCHED
    extern int helper(int value);

    return helper(value) + 5;
#else
    return ask(value);
#endif
}
