/* SPDX-License-Identifier: GPL-2.0 */
/* A function in a header, of which two files have a copy each. */
//= taken judge
// has: a.c#judge
// has: b.c#judge
#include "case.h"
#include "judge.h"

int one(int value);

int one(int value)
{
    return judge(value) + judge(value + 1);
}
