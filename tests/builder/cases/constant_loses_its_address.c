/* SPDX-License-Identifier: GPL-2.0 */
/* A constant with the same bytes and without the relocation. */
//= taken check
//= taken list: changed constant
#include "case.h"

static int one;
static int *const list[] = {
#ifdef PATCHED
    NULL,
#else
    &one,
#endif
    &one,
    NULL,
};
int check(int value);

int check(int value)
{
    use(&one);
    use(list);
    return ask(value);
}
