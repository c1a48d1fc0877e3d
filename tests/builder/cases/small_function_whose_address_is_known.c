/* SPDX-License-Identifier: GPL-2.0 */
/* A function that is too small for a jump, and may be called from anywhere. */
// only: x86-gcc x86-clang
//= taken one
//= refused answer: trampoline
#include "case.h"

int one(int value);

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
    use((const void *)answer);
    return answer() + ask(value);
}
