/* SPDX-License-Identifier: GPL-2.0 */
/* A variable stays where it is when others do not know it any more. */
//= taken check
#include "case.h"

#ifdef PATCHED
static int state;
#else
extern int state;
int state;
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
