/* SPDX-License-Identifier: GPL-2.0 */
/* A line whose bits are kept in two fields. */
//= ignored check
#include "case.h"

int check(int value);

#ifdef PATCHED
#line 130 "line_past_a_bit.c"
#else
#line 126 "line_past_a_bit.c"
#endif
int check(int value)
{
    if (value < 0) {
        WARN();
    }
    return ask(value);
}
