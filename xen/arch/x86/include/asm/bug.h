/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The instruction that traps, UD2, and the frame that goes with it. Used by
 * <xen/bug.h>, which says what the macros mean. Example: WARN() in line 300 of
 * a file gives two bytes of code and in .bug_frames.1 the words
 * (UD2 - frame) + (2 << 24) and (file's name - frame) + (44 << 24).
 */
#ifndef ASM_BUG_H
#define ASM_BUG_H

#include <asm/bug_frame.h>

/* The line's number; one that no frame can hold does not compile. */
#define BUG_LINE_END (1 << (2 * BUG_LINE_BITS))
#define BUG_LINE                                                               \
    ((int)(__LINE__ * sizeof(char[__LINE__ < BUG_LINE_END ? 1 : -1])))

/* text: what else the frame holds, in the assembler's words. */
#define BUG_FRAME(kind, subject, text, ...)                                    \
    __asm__ __volatile__(                                                      \
        "1: ud2\n"                                                             \
        ".pushsection .bug_frames.%c[bug_kind], \"a\", @progbits\n"            \
        ".balign 4\n"                                                          \
        "2: .long (1b - 2b) + %c[bug_line_high]\n"                             \
        ".long (%c[bug_subject] - 2b) + %c[bug_line_low]\n" text ".popsection" \
        :                                                                      \
        : [bug_kind] "i"(kind), [bug_subject] "i"(subject),                    \
          [bug_line_high] "i"(BUG_LINE >> BUG_LINE_BITS << BUG_REACH_BITS),    \
          [bug_line_low] "i"((BUG_LINE & ((1 << BUG_LINE_BITS) - 1))           \
                             << BUG_REACH_BITS),                               \
          ##__VA_ARGS__)

/* Calls fn, a bug_fn_t, with the registers as they are here. */
#define run_in_exception_handler(fn) BUG_FRAME(BUGFRAME_run_fn, (fn), "")

#define WARN() BUG_FRAME(BUGFRAME_warn, __FILE__, "")

#define BUG()                                                                  \
    ({                                                                         \
        BUG_FRAME(BUGFRAME_bug, __FILE__, "");                                 \
        __builtin_unreachable();                                               \
    })

#define assert_failed(text)                                                    \
    ({                                                                         \
        BUG_FRAME(                                                             \
            BUGFRAME_assert, __FILE__,                                         \
            ".long %c[bug_message] - 2b\n.long 0\n", [bug_message] "i"(text)); \
        __builtin_unreachable();                                               \
    })

#endif
