/* SPDX-License-Identifier: GPL-2.0 */
/* See a.c. */
#include "case.h"
#include "judge.h"

int two(int value);
int apart(int value);

int two(int value)
{
    return ask(judge(value));
}

int apart(int value)
{
    return ask(value + 7);
}
