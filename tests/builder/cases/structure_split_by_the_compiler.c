/* SPDX-License-Identifier: GPL-2.0 */
/* clang makes two variables of a structure, until a patch needs its address. */
//= taken set
//=x86-clang,arm64-clang= taken check
//=x86-clang,arm64-clang= refused set: stores in another way
//=x86-clang,arm64-clang= refused check: stores in another way
#include "case.h"

static struct {
    int one, two;
} state;
int check(int value);
int set(int value);

int set(int value)
{
    state.one = value;
    state.two = value + ask(1);
#ifdef PATCHED
    use(&state);
#endif
    return ask(value);
}

int check(int value)
{
    return ask(state.one) + state.two;
}
