/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How dom0's virtual addresses are reached: through its own page tables and the
 * nested ones; and a copy that a fault ends.
 */
#include <xen/guest_memory.h>
#include <xen/lib.h>
#include <xen/mm.h>
#include <asm/cpu.h>
#include <asm/extable.h>
#include <asm/guest_memory.h>
#include <asm/guest_walk.h>
#include <asm/npt.h>

#define CODE_SEGMENT_64BIT 0x200 /* VMCB attribute: L */

bool guest_is_64bit(const struct vcpu *v)
{
    return (v->vmcb->efer & EFER_LMA) &&
           (v->vmcb->cs.attributes & CODE_SEGMENT_64BIT);
}

static uint64_t *entry_at(paddr_t gpa)
{
    return npt_ram(gpa);
}

void *arch_find_guest_bytes(const struct vcpu *v, uint64_t va, bool is_write)
{
    const struct guest_paging paging = {
        .cr0 = v->vmcb->cr0,
        .cr3 = v->vmcb->cr3,
        .efer = v->vmcb->efer,
        .entry_at = entry_at,
    };
    paddr_t gpa;

    return guest_walk(&paging, va, is_write, &gpa) == 0 ? npt_ram(gpa) : NULL;
}

/* How many of nr units were not copied because of a fault. */
#define COPY_UNITS(insn, to, from, nr)                                         \
    ({                                                                         \
        unsigned long units = (nr);                                            \
                                                                               \
        __asm__ __volatile__("1: " insn "\n"                                   \
                             "2:\n" ASM_EXTABLE(1b, 2b)                        \
                             : "+D"(to), "+S"(from), "+c"(units)               \
                             :                                                 \
                             : "memory");                                      \
        units;                                                                 \
    })

unsigned long arch_copy_until_fault(void *to, const void *from,
                                    unsigned long bytes)
{
    const unsigned long word = sizeof(uint64_t);
    unsigned long left = COPY_UNITS("rep movsq", to, from, bytes / word);

    return left ? left * word + bytes % word
                : COPY_UNITS("rep movsb", to, from, bytes % word);
}

unsigned int guest_read_code(const struct vcpu *v, uint8_t *code,
                             unsigned int bytes)
{
    uint64_t rip = guest_is_64bit(v)
                       ? v->vmcb->rip
                       : (uint32_t)(v->vmcb->cs.base + v->vmcb->rip);

    return bytes - copy_guest(v, rip, code, bytes, false);
}
