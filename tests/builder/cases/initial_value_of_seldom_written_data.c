/* SPDX-License-Identifier: GPL-2.0 */
/* One of many variables in a section has another initial value. */
//= refused second: initial value
#include "case.h"

int check(int value);
read_mostly static int first = 5;
#ifdef PATCHED
read_mostly static int second = 7;
#else
read_mostly static int second = 6;
#endif

int check(int value)
{
    use(&first);
    use(&second);
    return ask(value);
}
