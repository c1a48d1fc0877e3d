/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Single accesses that may be refused with #GP: the kernel's exception table
 * goes on behind them.
 */
#ifndef PROBE_H
#define PROBE_H

#include <linux/types.h>
#include <asm/asm.h>
#include "border.h"

/* store: an instruction that accesses %[at] with %[value]; true: it went
 * through. */
#define PROBE(insn, place, word)                                               \
    ({                                                                         \
        int refused = 1;                                                       \
                                                                               \
        asm volatile("1: " insn "\n"                                           \
                     "xor %[refused], %[refused]\n"                            \
                     "2:\n" _ASM_EXTABLE(1b, 2b)                               \
                     : [refused] "+r"(refused), [value] "+r"(word)             \
                     : [at] "r"(place)                                         \
                     : "memory", "cc");                                        \
        !refused;                                                              \
    })

static inline bool probe_read(const void *at)
{
    u64 value = 0;

    return PROBE("movq (%[at]), %[value]", at, value);
}

/* What it writes can be executed: RET, eight times. */
static inline bool probe_write(void *at)
{
    u64 value = 0xc3c3c3c3c3c3c3c3;

    return PROBE("movq %[value], (%[at])", at, value);
}

static inline void count_probe(struct border_request *r, u64 where, bool passed)
{
    r->tried++;
    if (passed && r->passed++ == 0) {
        r->first_passed = where;
    }
}

/* Each answers its request; window.c's under a lock of the caller's. */
int window_open(void);
void window_close(void);

/* The page there, until the end: preemption stays off. */
void *window_show(u64 paddr);

void window_try_memory(struct border_request *r);
void window_give_own(struct border_request *r);
void window_try_crossing(struct border_request *r);
void window_try_devices(struct border_request *r);

int walk_try_tables(struct border_request *r);

int apic_open(void);
void apic_close(void);
void apic_try_write(struct border_request *r);
void apic_try_odd(struct border_request *r);
void apic_count_nmis(struct border_nmis *nmis);

#endif
