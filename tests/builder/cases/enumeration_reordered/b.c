/* SPDX-License-Identifier: GPL-2.0 */
/* See a.c. */
#include "case.h"
#include "kinds.h"

extern int kind;
int check(int value);

int check(int value)
{
    return kind == KIND_TWO ? ask(value) : 0;
}
