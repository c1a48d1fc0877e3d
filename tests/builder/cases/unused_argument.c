/* SPDX-License-Identifier: GPL-2.0 */
/* An argument that nobody had looked at comes into use. */
//= taken one
//= taken two
//=x86-gcc,arm64-gcc= taken helper: new function
//=x86-clang,arm64-clang= taken helper: changed
#include "case.h"

int one(int value);
int two(int value);

static noinline int helper(int value, int more)
{
    use(&value);
#ifdef PATCHED
    return ask(value) + more;
#else
    return ask(value);
#endif
}

int one(int value)
{
    return helper(value, ask(5)) + 1;
}

int two(int value)
{
    return helper(value, ask(6)) * 2;
}
