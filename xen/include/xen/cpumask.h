/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sets of pCPUs. Single bits change atomically; whole-set operations do not.
 */
#ifndef XEN_CPUMASK_H
#define XEN_CPUMASK_H

#include <xen/config.h>
#include <xen/lib.h>

#define CPUMASK_WORDS DIV_ROUND_UP(NR_CPUS, BITS_PER_LONG)

typedef struct cpumask {
    unsigned long bits[CPUMASK_WORDS];
} cpumask_t;

static inline unsigned long cpumask_bit(unsigned int cpu)
{
    return 1UL << (cpu % BITS_PER_LONG);
}

static inline bool cpumask_test_cpu(unsigned int cpu, const cpumask_t *mask)
{
    return __atomic_load_n(&mask->bits[cpu / BITS_PER_LONG], __ATOMIC_ACQUIRE) &
           cpumask_bit(cpu);
}

/* Release: what the CPU did before is visible to whoever sees its bit. */
static inline void cpumask_set_cpu(unsigned int cpu, cpumask_t *mask)
{
    __atomic_fetch_or(&mask->bits[cpu / BITS_PER_LONG], cpumask_bit(cpu),
                      __ATOMIC_RELEASE);
}

static inline void cpumask_clear_cpu(unsigned int cpu, cpumask_t *mask)
{
    __atomic_fetch_and(&mask->bits[cpu / BITS_PER_LONG], ~cpumask_bit(cpu),
                       __ATOMIC_RELEASE);
}

static inline void cpumask_copy(cpumask_t *to, const cpumask_t *from)
{
    for (unsigned int i = 0; i < CPUMASK_WORDS; i++) {
        to->bits[i] = __atomic_load_n(&from->bits[i], __ATOMIC_ACQUIRE);
    }
}

static inline void cpumask_clear(cpumask_t *mask)
{
    for (unsigned int i = 0; i < CPUMASK_WORDS; i++) {
        mask->bits[i] = 0;
    }
}

static inline unsigned int cpumask_weight(const cpumask_t *mask)
{
    unsigned int weight = 0;

    for (unsigned int i = 0; i < CPUMASK_WORDS; i++) {
        for (unsigned long bits = mask->bits[i]; bits; bits &= bits - 1) {
            weight++;
        }
    }
    return weight;
}

/* The first member at or after cpu, or NR_CPUS. */
static inline unsigned int cpumask_from(unsigned int cpu, const cpumask_t *mask)
{
    while (cpu < NR_CPUS) {
        const unsigned long bits =
            __atomic_load_n(&mask->bits[cpu / BITS_PER_LONG],
                            __ATOMIC_ACQUIRE) &
            (~0UL << (cpu % BITS_PER_LONG));

        if (bits) {
            return cpu - cpu % BITS_PER_LONG + __builtin_ctzl(bits);
        }
        cpu += BITS_PER_LONG - cpu % BITS_PER_LONG;
    }
    return NR_CPUS;
}

#define for_each_cpu(cpu, mask)                                                \
    for ((cpu) = cpumask_from(0, mask); (cpu) < NR_CPUS;                       \
         (cpu) = cpumask_from((cpu) + 1, mask))

#endif
