/* SPDX-License-Identifier: GPL-2.0 */
/* The landing pad at the start stays, and the jump needs room behind it. */
// flags: -fcf-protection=branch
// only: x86-gcc x86-clang
//= refused nothing: of which a trampoline needs 9
#include "case.h"

noinline int nothing(void);
int call(int (*function)(void));

int nothing(void)
{
#ifdef PATCHED
    return ask(1);
#else
    return 0;
#endif
}

int call(int (*function)(void))
{
    return function();
}
