/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Printing, stopping, and the small macros everyone uses.
 */
#ifndef XEN_LIB_H
#define XEN_LIB_H

#include <xen/bug.h>
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

/* The same for what a guest can cause at will: without loglvl=debug, of these
 * only errors and warnings are wanted. */
#define XENLOG_GUEST "<G>"
#define XENLOG_G_ERR XENLOG_GUEST XENLOG_ERR
#define XENLOG_G_WARNING XENLOG_GUEST XENLOG_WARNING
#define XENLOG_G_INFO XENLOG_GUEST XENLOG_INFO
#define XENLOG_G_DEBUG XENLOG_GUEST XENLOG_DEBUG

/* What the levels are called where code is shared with Linux. */
#define KERN_EMERG XENLOG_ERR
#define KERN_ALERT XENLOG_ERR
#define KERN_CRIT XENLOG_ERR
#define KERN_ERR XENLOG_ERR
#define KERN_WARNING XENLOG_WARNING
#define KERN_NOTICE XENLOG_INFO
#define KERN_INFO XENLOG_INFO
#define KERN_DEBUG XENLOG_DEBUG

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

#endif
