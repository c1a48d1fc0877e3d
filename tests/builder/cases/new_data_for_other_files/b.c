/* SPDX-License-Identifier: GPL-2.0 */
/* See a.c. */
#include "case.h"

int two(int value);
extern int counted;

int two(int value)
{
#ifdef PATCHED
    counted++;
#endif
    return ask(value);
}
