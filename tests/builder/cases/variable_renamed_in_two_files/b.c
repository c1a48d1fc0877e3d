/* SPDX-License-Identifier: GPL-2.0 */
/* See a.c. */
#include "case.h"

int two(int value);
#ifdef PATCHED
#define state mode
#endif
extern int state;

int two(int value)
{
    state -= value;
    return ask(value);
}
