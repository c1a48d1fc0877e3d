/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Claims of the product, on the user-mode host: a panic, which a test can
 * expect. Frames, of payloads, are the machine's own (<asm/bug_frame.h>).
 */
#ifndef ASM_BUG_H
#define ASM_BUG_H

#include <asm/bug_frame.h>

void panic(const char *fmt, ...);
void printk(const char *fmt, ...);

#define WARN() printk("<1>WARN at %s:%d\n", __FILE__, __LINE__)
#define BUG()                                                                  \
    ({                                                                         \
        panic("BUG at %s:%d\n", __FILE__, __LINE__);                           \
        __builtin_unreachable();                                               \
    })
#define assert_failed(text)                                                    \
    ({                                                                         \
        panic("Assertion '%s' failed at %s:%d\n", text, __FILE__, __LINE__);   \
        __builtin_unreachable();                                               \
    })

#endif
