/* SPDX-License-Identifier: GPL-2.0 */
/* An initial value that is an address. */
//= refused chosen: initial value
#include "case.h"

static int one, two;
#ifdef PATCHED
static int *chosen = &two;
#else
static int *chosen = &one;
#endif
int check(int value);

int check(int value)
{
    use(&chosen);
    use(&one);
    use(&two);
    return ask(value);
}
