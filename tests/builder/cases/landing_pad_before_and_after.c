/* SPDX-License-Identifier: GPL-2.0 */
/* A function that begins with a landing pad. */
// flags: -fcf-protection=branch
// only: x86-gcc x86-clang
//= taken check
#include "case.h"

int check(int value);

int check(int value)
{
#ifdef PATCHED
    return ask(value) + 1;
#else
    return ask(value);
#endif
}
