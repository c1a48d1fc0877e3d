/* SPDX-License-Identifier: GPL-2.0 */
/* A bug that is reported from code without a name. */
// only: x86-gcc x86-clang
//= taken two
#include "case.h"

#define CHECKED(value, nr)                                                     \
    __asm__ volatile("testl %[v], %[v]; js 1f\n"                               \
                     "2:\n"                                                    \
                     ".pushsection .text.unlikely, \"ax\", @progbits\n"        \
                     "1: ud2\n"                                                \
                     ".pushsection .bug_frames.1, \"a\", @progbits\n"          \
                     ".p2align 2\n"                                            \
                     "3: .long 1b - 3b, %c[file] - 3b + " STRING_OF(           \
                         nr) "\n"                                              \
                             ".popsection\n"                                   \
                             "jmp 2b\n"                                        \
                             ".popsection\n" ::[v] "r"(value),                 \
                     [file] "i"(__FILE__)                                      \
                     : "eax")

int one(int value);
int two(int value);
int three(int value);

int one(int value)
{
    CHECKED(value, 0);
    return ask(value);
}

int two(int value)
{
    CHECKED(value, 0);
#ifdef PATCHED
    printk("two");
#endif
    return ask(value + 1);
}

int three(int value)
{
    CHECKED(value, 0);
    return ask(value + 2);
}
