/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Single instructions that C has no words for: CPUID, MSRs, control registers,
 * the time-stamp counter, I/O ports.
 */
#ifndef ASM_CPU_H
#define ASM_CPU_H

#include <xen/errno.h>
#include <xen/types.h>
#include <asm/alternative.h>
#include <asm/cpu_registers.h>
#include <asm/cpufeature.h>
#include <asm/extable.h>
#include <asm/layout.h>

/* Volatile: CPUID also serialises, and leaves change with CR4. */
static inline struct cpuid_regs cpuid(uint32_t leaf, uint32_t subleaf)
{
    struct cpuid_regs r;

    __asm__ __volatile__("cpuid"
                         : "=a"(r.eax), "=b"(r.ebx), "=c"(r.ecx), "=d"(r.edx)
                         : "a"(leaf), "c"(subleaf)
                         : "memory");
    return r;
}

static inline uint64_t rdmsr(uint32_t msr)
{
    uint32_t low, high;

    __asm__ __volatile__("rdmsr" : "=a"(low), "=d"(high) : "c"(msr));
    return low | (uint64_t)high << 32;
}

static inline void wrmsr(uint32_t msr, uint64_t value)
{
    __asm__ __volatile__("wrmsr"
                         :
                         : "c"(msr), "a"((uint32_t)value),
                           "d"((uint32_t)(value >> 32))
                         : "memory");
}

/* For registers that may not exist: 0, or -EFAULT and *value untouched. */
static inline int rdmsr_safe(uint32_t msr, uint64_t *value)
{
    uint32_t low, high;
    int rc = -EFAULT;

    __asm__ __volatile__("1: rdmsr\n"
                         "xor %[rc], %[rc]\n"
                         "2:\n" ASM_EXTABLE(1b, 2b)
                         : [rc] "+r"(rc), "=&a"(low), "=&d"(high)
                         : "c"(msr));
    if (rc == 0) {
        *value = low | (uint64_t)high << 32;
    }
    return rc;
}

/* The same, and for values that the register may not take. */
static inline int wrmsr_safe(uint32_t msr, uint64_t value)
{
    int rc = -EFAULT;

    __asm__ __volatile__("1: wrmsr\n"
                         "xor %[rc], %[rc]\n"
                         "2:\n" ASM_EXTABLE(1b, 2b)
                         : [rc] "+r"(rc)
                         : "c"(msr), "a"((uint32_t)value),
                           "d"((uint32_t)(value >> 32))
                         : "memory");
    return rc;
}

/* RDTSCP waits for earlier instructions, as LFENCE does: no earlier load is
 * still under way when the counter is read (AMD APM vol. 3, RDTSCP). */
static inline uint64_t rdtsc(void)
{
    uint32_t low, high;

    __asm__ __volatile__(ALTERNATIVE("lfence; rdtsc", "rdtscp", "%c[rdtscp]")
                         : "=a"(low), "=d"(high)
                         : [rdtscp] "i"(X86_FEATURE_RDTSCP)
                         : "ecx", "memory");
    return low | (uint64_t)high << 32;
}

static inline unsigned long read_cr2(void)
{
    unsigned long value;

    __asm__ __volatile__("mov %%cr2, %0" : "=r"(value));
    return value;
}

static inline unsigned long read_cr3(void)
{
    unsigned long value;

    __asm__ __volatile__("mov %%cr3, %0" : "=r"(value));
    return value;
}

/*
 * Serialises, and drops every translation of this pCPU: the host uses no
 * global pages (AMD APM vol. 2, 5.5.2). The clobber keeps memory accesses on
 * their side of the switch.
 */
static inline void write_cr3(unsigned long value)
{
    __asm__ __volatile__("mov %0, %%cr3" : : "r"(value) : "memory");
}

static inline unsigned long read_cr4(void)
{
    unsigned long value;

    __asm__ __volatile__("mov %%cr4, %0" : "=r"(value));
    return value;
}

/* The clobber keeps what needs the new bits behind it. */
static inline void write_cr4(unsigned long value)
{
    __asm__ __volatile__("mov %0, %%cr4" : : "r"(value) : "memory");
}

static inline void outb(uint16_t port, uint8_t value)
{
    __asm__ __volatile__("outb %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

static inline void outsb(uint16_t port, const void *bytes, size_t nr)
{
    __asm__ __volatile__("rep outsb"
                         : "+S"(bytes), "+c"(nr)
                         : "d"(port)
                         : "memory");
}

static inline void outl(uint16_t port, uint32_t value)
{
    __asm__ __volatile__("outl %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

static inline uint8_t inb(uint16_t port)
{
    uint8_t value;

    __asm__ __volatile__("inb %1, %0" : "=a"(value) : "Nd"(port) : "memory");
    return value;
}

static inline uint32_t inl(uint16_t port)
{
    uint32_t value;

    __asm__ __volatile__("inl %1, %0" : "=a"(value) : "Nd"(port) : "memory");
    return value;
}

#endif
