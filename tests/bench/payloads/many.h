/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Payloads with a given number of functions to patch: those of ground.c, which
 * nobody calls. Includer: MANY(1000) makes the entries.
 */
#ifndef MANY_H
#define MANY_H

#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>

#define GROUND_FUNCTIONS 1000
#define GROUND_BYTES 16 /* of each function */

extern const char bench_ground[];

#define MANY_NAME_(nr, what) many_##nr##_##what
#define MANY_NAME(nr, what) MANY_NAME_(nr, what)

#define MANY_ENTRY(i, fn)                                                      \
    {                                                                          \
        .version = LIVEPATCH_PAYLOAD_VERSION, .name = "bench_ground",          \
        .old_addr = (void *)(bench_ground + GROUND_BYTES * (i)),               \
        .new_addr = (void *)(fn), .old_size = GROUND_BYTES, .new_size = 1,     \
    }
#define MANY_1(i, fn) MANY_ENTRY(i, fn)
#define MANY_10(i, fn)                                                         \
    MANY_1(i, fn), MANY_1((i) + 1, fn), MANY_1((i) + 2, fn),                   \
        MANY_1((i) + 3, fn), MANY_1((i) + 4, fn), MANY_1((i) + 5, fn),         \
        MANY_1((i) + 6, fn), MANY_1((i) + 7, fn), MANY_1((i) + 8, fn),         \
        MANY_1((i) + 9, fn)
#define MANY_100(i, fn)                                                        \
    MANY_10(i, fn), MANY_10((i) + 10, fn), MANY_10((i) + 20, fn),              \
        MANY_10((i) + 30, fn), MANY_10((i) + 40, fn), MANY_10((i) + 50, fn),   \
        MANY_10((i) + 60, fn), MANY_10((i) + 70, fn), MANY_10((i) + 80, fn),   \
        MANY_10((i) + 90, fn)
#define MANY_1000(i, fn)                                                       \
    MANY_100(i, fn), MANY_100((i) + 100, fn), MANY_100((i) + 200, fn),         \
        MANY_100((i) + 300, fn), MANY_100((i) + 400, fn),                      \
        MANY_100((i) + 500, fn), MANY_100((i) + 600, fn),                      \
        MANY_100((i) + 700, fn), MANY_100((i) + 800, fn),                      \
        MANY_100((i) + 900, fn)

#define MANY(nr)                                                               \
    static void MANY_NAME(nr, replacement)(void)                               \
    {                                                                          \
    }                                                                          \
    static struct livepatch_func MANY_NAME(nr, entries)[] __used_section(      \
        ".livepatch.funcs") = {MANY_##nr(0, MANY_NAME(nr, replacement))}

#endif
