/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Alternative calls on x86-64: a call through the pointer that counts from
 * where it stands, and a record of where that is. The arguments are put where
 * the ABI wants them (psABI, 3.2.3), each worked out before the first is put
 * there; what a call may change is said to the compiler.
 */
#ifndef ASM_ALTERNATIVE_CALL_H
#define ASM_ALTERNATIVE_CALL_H

#include <xen/types.h>

/* A record of .alt_call_sites. */
struct alt_call {
    int32_t offset; /* distance from this field to the call */
};

#define ALT_CALL_PTR(call)                                                     \
    ((void *)((unsigned long)&(call)->offset + (call)->offset))
#define ALT_CALL_LEN(call) 6

#define ALT_CALL_SITE                                                          \
    "71: call *%c[pointer](%%rip)\n"                                           \
    ".pushsection .alt_call_sites, \"a\", @progbits\n"                         \
    ".long 71b - .\n"                                                          \
    ".popsection\n"

/* A call moves the stack pointer: not before the frame is set up. (The tools
 * read records of this architecture on any other.) */
#ifdef __x86_64__
register unsigned long alt_call_stack_pointer __asm__("rsp");
#endif

/* The arguments' values. */
#define ALT_CALL_VALUE(n, arg)                                                 \
    const unsigned long value##n##_ = (unsigned long)(arg)
#define ALT_CALL_TAKE_0()
#define ALT_CALL_TAKE_1(a) ALT_CALL_VALUE(1, a);
#define ALT_CALL_TAKE_2(a, b)                                                  \
    ALT_CALL_VALUE(1, a);                                                      \
    ALT_CALL_VALUE(2, b);
#define ALT_CALL_TAKE_3(a, b, c)                                               \
    ALT_CALL_VALUE(1, a);                                                      \
    ALT_CALL_VALUE(2, b);                                                      \
    ALT_CALL_VALUE(3, c);
#define ALT_CALL_TAKE_4(a, b, c, d)                                            \
    ALT_CALL_VALUE(1, a);                                                      \
    ALT_CALL_VALUE(2, b);                                                      \
    ALT_CALL_VALUE(3, c);                                                      \
    ALT_CALL_VALUE(4, d);
#define ALT_CALL_TAKE_5(a, b, c, d, e)                                         \
    ALT_CALL_VALUE(1, a);                                                      \
    ALT_CALL_VALUE(2, b);                                                      \
    ALT_CALL_VALUE(3, c);                                                      \
    ALT_CALL_VALUE(4, d);                                                      \
    ALT_CALL_VALUE(5, e);
#define ALT_CALL_TAKE_6(a, b, c, d, e, f)                                      \
    ALT_CALL_VALUE(1, a);                                                      \
    ALT_CALL_VALUE(2, b);                                                      \
    ALT_CALL_VALUE(3, c);                                                      \
    ALT_CALL_VALUE(4, d);                                                      \
    ALT_CALL_VALUE(5, e);                                                      \
    ALT_CALL_VALUE(6, f);

/* In their registers. */
#define ALT_CALL_IN(n, where)                                                  \
    register unsigned long in##n##_ __asm__(where) = value##n##_
#define ALT_CALL_PUT_0
#define ALT_CALL_PUT_1 ALT_CALL_PUT_0 ALT_CALL_IN(1, "rdi");
#define ALT_CALL_PUT_2 ALT_CALL_PUT_1 ALT_CALL_IN(2, "rsi");
#define ALT_CALL_PUT_3 ALT_CALL_PUT_2 ALT_CALL_IN(3, "rdx");
#define ALT_CALL_PUT_4 ALT_CALL_PUT_3 ALT_CALL_IN(4, "rcx");
#define ALT_CALL_PUT_5 ALT_CALL_PUT_4 ALT_CALL_IN(5, "r8");
#define ALT_CALL_PUT_6 ALT_CALL_PUT_5 ALT_CALL_IN(6, "r9");

/* Which a call may change, */
#define ALT_CALL_OUT_0
#define ALT_CALL_OUT_1 ALT_CALL_OUT_0, "+r"(in1_)
#define ALT_CALL_OUT_2 ALT_CALL_OUT_1, "+r"(in2_)
#define ALT_CALL_OUT_3 ALT_CALL_OUT_2, "+r"(in3_)
#define ALT_CALL_OUT_4 ALT_CALL_OUT_3, "+r"(in4_)
#define ALT_CALL_OUT_5 ALT_CALL_OUT_4, "+r"(in5_)
#define ALT_CALL_OUT_6 ALT_CALL_OUT_5, "+r"(in6_)

/* as it may those that hold no argument. */
#define ALT_CALL_LOST_6 "r10", "r11", "cc", "memory"
#define ALT_CALL_LOST_5 "r9", ALT_CALL_LOST_6
#define ALT_CALL_LOST_4 "r8", ALT_CALL_LOST_5
#define ALT_CALL_LOST_3 "rcx", ALT_CALL_LOST_4
#define ALT_CALL_LOST_2 "rdx", ALT_CALL_LOST_3
#define ALT_CALL_LOST_1 "rsi", ALT_CALL_LOST_2
#define ALT_CALL_LOST_0 "rdi", ALT_CALL_LOST_1

#define ALT_CALL(n, pointer_, result, args...)                                 \
    ALT_CALL_TAKE_##n(args) ALT_CALL_PUT_##n __asm__ __volatile__(             \
        ALT_CALL_SITE                                                          \
        : "=r"(result), "+r"(alt_call_stack_pointer)ALT_CALL_OUT_##n           \
        : [pointer] "i"(&(pointer_))                                           \
        : ALT_CALL_LOST_##n)

#define ALT_CALL_COUNT_(zero, a, b, c, d, e, f, n, ...) n
#define ALT_CALL_COUNT(args...) ALT_CALL_COUNT_(0, ##args, 6, 5, 4, 3, 2, 1, 0)
#define ALT_CALL_PASTE(n, pointer, result, args...)                            \
    ALT_CALL(n, pointer, result, ##args)

/* The compiler sees the call too, to check it; it is never made. */
#define alternative_call(pointer, args...)                                     \
    ({                                                                         \
        register __typeof__((pointer)(args)) result_ __asm__("rax");           \
        ALT_CALL_PASTE(ALT_CALL_COUNT(args), pointer, result_, ##args);        \
        result_;                                                               \
    })

#define alternative_vcall(pointer, args...)                                    \
    ({                                                                         \
        register unsigned long result_ __asm__("rax");                         \
        (void)(__typeof__((pointer)(args)) *)0;                                \
        ALT_CALL_PASTE(ALT_CALL_COUNT(args), pointer, result_, ##args);        \
        (void)result_;                                                         \
    })

#endif
