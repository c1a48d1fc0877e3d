/* SPDX-License-Identifier: GPL-2.0 */
/* See a.c. */
#include "case.h"

int two(int value);

int two(int value)
{
#ifdef PATCHED
    extern int state;

    state = value;
#endif
    return ask(value);
}
