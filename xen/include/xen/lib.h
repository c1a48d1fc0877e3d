/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Printing, stopping, and the small macros everyone uses.
 */
#ifndef XEN_LIB_H
#define XEN_LIB_H

#include <xen/compiler.h>
#include <xen/types.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define BUILD_BUG_ON(cond) _Static_assert(!(cond), "!(" #cond ")")

#define container_of(ptr, type, member)                                        \
    ((type *)((char *)(ptr)-offsetof(type, member)))

/* a must be a power of two. */
#define ROUNDUP(x, a) (((x) + (a)-1) & ~((__typeof__(x))(a)-1))
#define IS_ALIGNED(x, a) (!((x) & ((__typeof__(x))(a)-1)))
#define DIV_ROUND_UP(n, d) (((n) + (d)-1) / (d))

#define min(a, b)                                                              \
    ({                                                                         \
        const __typeof__(a) min_a = (a);                                       \
        const __typeof__(b) min_b = (b);                                       \
        min_a < min_b ? min_a : min_b;                                         \
    })
#define max(a, b)                                                              \
    ({                                                                         \
        const __typeof__(a) max_a = (a);                                       \
        const __typeof__(b) max_b = (b);                                       \
        max_a > max_b ? max_a : max_b;                                         \
    })

#define KB(n) ((n) << 10)
#define MB(n) ((n) << 20)
#define GB(n) ((n) << 30)

/* Log levels: the first characters of a printk() format. */
#define XENLOG_ERR "<0>"
#define XENLOG_WARNING "<1>"
#define XENLOG_INFO "<2>"
#define XENLOG_DEBUG "<3>"

/*
 * Writes to the console and its ring; from any context, NMI included. Beside
 * C's conversions: %ps / %pS (address as symbol / symbol+offset/size),
 * %*ph (bytes in hex; the width argument counts them).
 */
void printk(const char *fmt, ...) __printf(1, 2);
void vprintk(const char *fmt, va_list args);

/* Prints the message with a backtrace and stops every pCPU. */
void noreturn panic(const char *fmt, ...) __printf(1, 2);

/* As C's; scnprintf() returns the characters really stored. */
int snprintf(char *buf, size_t size, const char *fmt, ...) __printf(3, 4);
int scnprintf(char *buf, size_t size, const char *fmt, ...) __printf(3, 4);
int vsnprintf(char *buf, size_t size, const char *fmt, va_list args);

/* As C's strtoull() for base 0, 10 and 16, without a leading sign. */
unsigned long simple_strtoull(const char *text, const char **end,
                              unsigned int base);

/*
 * For our own logic only, never for bytes that come from outside. Stay in
 * every build: a wrong assumption under running guests is worth its cost.
 */
#define BUG_ON(cond)                                                           \
    do {                                                                       \
        if (unlikely(cond)) {                                                  \
            panic("BUG: %s at %s:%d\n", #cond, __FILE__, __LINE__);            \
        }                                                                      \
    } while (0)
#define BUG() panic("BUG at %s:%d\n", __FILE__, __LINE__)
#ifndef ASSERT
#define ASSERT(cond) BUG_ON(!(cond))
#endif
#define ASSERT_UNREACHABLE() BUG()
#define WARN_ON(cond)                                                          \
    ({                                                                         \
        const bool warn_on = (cond);                                           \
        if (unlikely(warn_on)) {                                               \
            printk(XENLOG_WARNING "WARN: %s at %s:%d\n", #cond, __FILE__,      \
                   __LINE__);                                                  \
        }                                                                      \
        warn_on;                                                               \
    })

#endif
