/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The instruction that traps, BRK #1, and the frame that goes with it. Used by
 * <xen/bug.h>, which says what the macros mean; the frame is
 * <asm/bug_frame.h>'s.
 */
#ifndef ASM_BUG_H
#define ASM_BUG_H

#include <asm/bug_frame.h>

#define BUG_BRK 1 /* BRK's number */

/* subject, message: distances in the assembler's words, 0 for none. */
#define BUG_FRAME(kind, subject, message, ...)                                 \
    __asm__ __volatile__("1: brk %[bug_brk]\n"                                 \
                         ".pushsection .bug_frames.%c[bug_kind], \"a\", "      \
                         "%%progbits\n"                                        \
                         ".balign 4\n"                                         \
                         "2: .long 1b - 2b\n"                                  \
                         ".long " subject "\n"                                 \
                         ".long " message "\n"                                 \
                         ".hword %c[bug_line], 0\n"                            \
                         ".popsection"                                         \
                         :                                                     \
                         : [bug_brk] "i"(BUG_BRK), [bug_kind] "i"(kind),       \
                           [bug_line] "i"(__LINE__), ##__VA_ARGS__)

#define BUG_OF_FILE(kind)                                                      \
    BUG_FRAME(kind, "%c[bug_file] - 2b", "0", [bug_file] "S"(__FILE__))

/* Calls fn, a bug_fn_t, with the registers as they are here. */
#define run_in_exception_handler(fn)                                           \
    ({                                                                         \
        register bug_fn_t *bug_fn __asm__("x0") = (fn);                        \
                                                                               \
        BUG_FRAME(BUGFRAME_run_fn, "0", "0", "r"(bug_fn));                     \
    })

#define WARN() BUG_OF_FILE(BUGFRAME_warn)

#define BUG()                                                                  \
    ({                                                                         \
        BUG_OF_FILE(BUGFRAME_bug);                                             \
        __builtin_unreachable();                                               \
    })

#define assert_failed(text)                                                    \
    ({                                                                         \
        BUG_FRAME(BUGFRAME_assert, "%c[bug_file] - 2b",                        \
                  "%c[bug_message] - 2b", [bug_file] "S"(__FILE__),            \
                  [bug_message] "S"(text));                                    \
        __builtin_unreachable();                                               \
    })

#endif
