/* SPDX-License-Identifier: GPL-2.0 */
/* An array without elements has no place. */
//= taken other
#include "case.h"

static char none[0] section(".bss.page_aligned");
int check(int value);
int other(int value);

int check(int value)
{
    use(none);
    return ask(value);
}

int other(int value)
{
#ifdef PATCHED
    value++;
#endif
    return ask(value);
}
