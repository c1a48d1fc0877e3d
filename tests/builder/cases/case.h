/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What cases use of a hypervisor: a few functions and variables that every
 * image has (support.c), and records in the tables that tell of text, laid out
 * as Xen has them.
 */
#ifndef CASE_H
#define CASE_H

/* As Xen does: nothing is reached through a table of addresses. */
#pragma GCC visibility push(hidden)

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long u64;

void printk(const char *format, ...);
void use(const void *pointer);
int ask(int what);
extern int shared;
extern int table[4];

#define NULL ((void *)0)
#define noinline __attribute__((noinline))
#define always_inline inline __attribute__((always_inline))
#define used __attribute__((used))
#define section(name) __attribute__((section(name)))
#define boot_only section(".init.text")
#define boot_data section(".init.data")
#define read_mostly section(".data.read_mostly")
#define per_cpu section(".bss.percpu")

#define STRING_OF_(what) #what
#define STRING_OF(what) STRING_OF_(what)

/* A bug frame of the kind that warns. */
#ifdef __x86_64__
#define WARN()                                                                 \
    __asm__ volatile(                                                          \
        "1: ud2\n"                                                             \
        ".pushsection .bug_frames.1, \"a\", @progbits\n"                       \
        ".p2align 2\n"                                                         \
        "2: .long 1b - 2b + %c[high], %c[file] - 2b + %c[low]\n"               \
        ".popsection\n" ::[file] "i"(__FILE__),                                \
        [high] "i"((__LINE__ >> 7) << 24), [low] "i"((__LINE__ & 0x7f) << 24))
#else
#define WARN()                                                                 \
    __asm__ volatile(                                                          \
        "1: brk 1\n"                                                           \
        ".pushsection .bug_frames.1, \"a\", %%progbits\n"                      \
        ".p2align 2\n"                                                         \
        "2: .long 1b - 2b\n"                                                   \
        ".long 3f - 2b\n"                                                      \
        ".long 0\n"                                                            \
        ".hword " STRING_OF(                                                   \
            __LINE__) ", 0\n"                                                  \
                      ".popsection\n"                                          \
                      ".pushsection .rodata.str, \"aMS\", %%progbits, 1\n"     \
                      "3: .asciz \"" __FILE__ "\"\n"                           \
                      ".popsection\n" ::                                       \
                          : "memory")
#endif

/* Code that the hypervisor exchanges when it starts. */
#ifdef __x86_64__
#define ALTERNATIVE(old, new, feature)                                         \
    __asm__ volatile("1: " old "\n2:\n"                                        \
                     ".pushsection .altinstructions, \"a\", @progbits\n"       \
                     ".long 1b - ., 3f - .\n"                                  \
                     ".word " #feature "\n"                                    \
                     ".byte 2b - 1b, 4f - 3f, 0, 0\n"                          \
                     ".popsection\n"                                           \
                     ".pushsection .altinstr_replacement, \"ax\", @progbits\n" \
                     "3: " new "\n4:\n"                                        \
                               ".popsection\n" ::                              \
                                   : "memory")
#else
#define ALTERNATIVE(old, new, feature)                                         \
    __asm__ volatile(                                                          \
        "1: " old "\n2:\n"                                                     \
        ".pushsection .altinstructions, \"a\", %%progbits\n"                   \
        ".word 1b - ., 3f - .\n"                                               \
        ".hword " #feature "\n"                                                \
        ".byte 2b - 1b, 4f - 3f\n"                                             \
        ".popsection\n"                                                        \
        ".pushsection .altinstr_replacement, \"ax\", %%progbits\n"             \
        "3: " new "\n4:\n"                                                     \
                  ".popsection\n" ::                                           \
                      : "memory")
#endif

/* An instruction that may fault, and goes on elsewhere then. x86 only. */
#define MAY_FAULT(value, pointer, when_it_faults)                              \
    __asm__ volatile("1: mov %[from], %[to]\n2:\n"                             \
                     ".pushsection .fixup, \"ax\", @progbits\n"                \
                     "3: mov $" #when_it_faults ", %[to]\n"                    \
                     "jmp 2b\n"                                                \
                     ".popsection\n"                                           \
                     ".pushsection .ex_table, \"a\", @progbits\n"              \
                     ".p2align 2\n"                                            \
                     ".long 1b - ., 3b - .\n"                                  \
                     ".popsection\n"                                           \
                     : [to] "=r"(value)                                        \
                     : [from] "m"(*(pointer)))

#endif
