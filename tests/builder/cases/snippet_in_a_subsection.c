/* SPDX-License-Identifier: GPL-2.0 */
/* Code behind the end of its function, in its own section. */
// only: x86-gcc x86-clang
// live: same: nothing depends on the value
//= taken two
#include "case.h"

/* As hypervisors do it: what is seldom needed lies behind all functions. */
#define CHECKED(value, nr)                                                     \
    __asm__ volatile(                                                          \
        "testl %[v], %[v]; js 1f\n"                                            \
        "2:\n"                                                                 \
        ".subsection 1\n"                                                      \
        "1: movl $" STRING_OF(nr) ", %%eax\n"                                  \
                                  "jmp 2b\n"                                   \
                                  ".subsection 0\n" ::[v] "r"(value)           \
        : "eax")

int one(int value);
int two(int value);
int three(int value);

int one(int value)
{
    CHECKED(value, 3);
    return ask(value);
}

int two(int value)
{
#ifdef PATCHED
    CHECKED(value, 5);
#else
    CHECKED(value, 4);
#endif
    return ask(value + 1);
}

int three(int value)
{
    CHECKED(value, 6);
    return ask(value + 2);
}
