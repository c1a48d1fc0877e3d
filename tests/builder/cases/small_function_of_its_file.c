/* SPDX-License-Identifier: GPL-2.0 */
/* A function that is too small for a jump: all who call it come along. */
// only: x86-gcc x86-clang
//= taken answer: those who call it
//= taken one
//= taken two
#include "case.h"

int one(int value);
int two(int value);
int three(int value);

static noinline int answer(void)
{
    __asm__ volatile("");
#ifdef PATCHED
    return ask(2);
#else
    return 0;
#endif
}

int one(int value)
{
    return answer() + ask(value);
}

int two(int value)
{
    return answer() * ask(value + 1);
}

int three(int value)
{
    return ask(value);
}
