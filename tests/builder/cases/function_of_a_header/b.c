/* SPDX-License-Identifier: GPL-2.0 */
/* See a.c. */
#include "case.h"
#include "judge.h"

int two(int value);

int two(int value)
{
    return judge(value) - judge(value + 3);
}
