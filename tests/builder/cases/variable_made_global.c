/* SPDX-License-Identifier: GPL-2.0 */
/* A variable stays where it is when others come to know it. */
//= taken check
#include "case.h"

#ifdef PATCHED
extern int state;
int state;
#else
static int state;
#endif
int check(int value);

int check(int value)
{
    use(&state);
#ifdef PATCHED
    value++;
#endif
    return state + value;
}
