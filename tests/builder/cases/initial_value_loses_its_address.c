/* SPDX-License-Identifier: GPL-2.0 */
/* An address that is not one any more. */
//= refused chosen: initial value
#include "case.h"

static int one;
extern int *chosen;
#ifdef PATCHED
int *chosen = (int *)16;
#else
int *chosen = &one;
#endif
int check(int value);

int check(int value)
{
    use(&one);
    return ask(value) + *chosen;
}
