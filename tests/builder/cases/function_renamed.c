/* SPDX-License-Identifier: GPL-2.0 */
/* A function gets another name, and keeps its variable. */
//= taken aid
//= taken other
//=x86-clang,arm64-clang= refused aid: may be a new one
#include "case.h"

int check(int value);
int other(int value);

#ifdef PATCHED
static noinline int aid(int value)
#else
static noinline int helper(int value)
#endif
{
    static int calls;

    use(&calls);
    calls++;
#ifdef PATCHED
    return ask(value) + 2;
#else
    return ask(value) + 1;
#endif
}
#ifndef PATCHED
#define aid helper
#endif

int check(int value)
{
    return aid(value) * 2;
}

int other(int value)
{
#ifdef PATCHED
    value++;
#endif
    return aid(value) * 3;
}
