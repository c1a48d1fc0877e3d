// SPDX-License-Identifier: GPL-2.0
/*
 * What arm64's objects have beside code: records of alternatives, with code and
 * without, frames of bugs, each with a string.
 */
int traps(int n);
extern int helper(int n);

#define FRAME(kind, message)                                                   \
    "1: brk #1\n"                                                              \
    ".pushsection .rodata.str, \"aMS\", @progbits, 1\n"                        \
    "2: .asciz \"sample.c\"\n"                                                 \
    "3: .asciz \"" message "\"\n"                                              \
    ".popsection\n"                                                            \
    ".pushsection .bug_frames." #kind ", \"a\"\n"                              \
    ".balign 4\n"                                                              \
    ".long 1b - .\n"                                                           \
    ".long 2b - .\n"                                                           \
    ".long 3b - .\n"                                                           \
    ".hword 77, 0\n"                                                           \
    ".popsection\n"

#define ALTERNATIVE(other)                                                     \
    "5: nop\n"                                                                 \
    "6:\n"                                                                     \
    ".pushsection .altinstructions, \"a\"\n"                                   \
    ".long 5b - .\n"                                                           \
    ".long 7f - .\n"                                                           \
    ".hword 4\n"                                                               \
    ".byte 6b - 5b\n"                                                          \
    ".byte 8f - 7f\n"                                                          \
    ".popsection\n"                                                            \
    ".pushsection .altinstr_replacement, \"ax\"\n"                             \
    "7: " other "\n"                                                           \
    "8:\n"                                                                     \
    ".popsection\n"

int traps(int n)
{
    __asm__ __volatile__(ALTERNATIVE("isb"));
    __asm__ __volatile__(ALTERNATIVE("bl helper") : : : "x30");
    if (n == 7) {
        __asm__ __volatile__(FRAME(2, ""));
    }
    if (n == 8) {
        __asm__ __volatile__(FRAME(3, "n is not 8"));
    }
    return helper(n) + 1;
}
