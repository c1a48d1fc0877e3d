/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Names for compiler attributes. Xen's names where Xen has one.
 */
#ifndef XEN_COMPILER_H
#define XEN_COMPILER_H

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

#define noinline __attribute__((__noinline__))
#define always_inline inline __attribute__((__always_inline__))
#define noreturn __attribute__((__noreturn__))
#define __packed __attribute__((__packed__))
/* A function that assembly calls; nothing to be said of it here. */
#define asmlinkage
#define __used __attribute__((__used__))
#define __weak __attribute__((__weak__))
#define __maybe_unused __attribute__((__unused__))
#define __must_check __attribute__((__warn_unused_result__))
#define __section(s) __attribute__((__section__(s)))
#define __used_section(s) __attribute__((__used__, __section__(s)))
#ifndef __aligned
#define __aligned(a) __attribute__((__aligned__(a)))
#endif
#ifndef __printf
#define __printf(f, a) __attribute__((__format__(__printf__, f, a)))
#endif

/* A function that runs while text is changed, or on the way there. */
#define __nopatch __section(".text.nopatch") noinline

/* Marks functions called through a pointer (for CET-IBT builds). */
#define cf_check

/* Compiler barrier: orders this CPU's own accesses, nothing in hardware. */
#define barrier() __asm__ __volatile__("" ::: "memory")

/* One untorn access; orders nothing. */
#define ACCESS_ONCE(x) (*(volatile __typeof__(x) *)&(x))

#endif
