/* SPDX-License-Identifier: GPL-2.0 */
/* A line more above a warning. */
//= ignored check
#include "case.h"

int check(int value);

#ifdef PATCHED
#line 100 "line_of_a_frame.c"
#else
#line 99 "line_of_a_frame.c"
#endif
int check(int value)
{
    if (value < 0) {
        WARN();
    }
    return ask(value);
}
