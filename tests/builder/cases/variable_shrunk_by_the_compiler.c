/* SPDX-License-Identifier: GPL-2.0 */
/* clang keeps a variable of two values in a byte, until a patch adds a third.
 */
//= taken set
//=x86-clang,arm64-clang= taken check
//=x86-clang,arm64-clang= refused state: cannot grow
#include "case.h"

static int state;
int check(int value);
int set(int value);

int set(int value)
{
#ifdef PATCHED
    state = value;
#else
    state = 1;
#endif
    return ask(value);
}

int check(int value)
{
    return state ? ask(value) : value;
}
