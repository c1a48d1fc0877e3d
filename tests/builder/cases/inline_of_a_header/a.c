/* SPDX-License-Identifier: GPL-2.0 */
/* A function in a header, which two files have inlined. */
//= taken one
//= taken two
#include "case.h"
#include "judge.h"

int one(int value);

int one(int value)
{
    return judge(value) + ask(1);
}
