/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Copies between the hypervisor and dom0's virtual addresses, page by page,
 * through dom0's own page tables and the nested ones. What dom0 cannot reach
 * cannot be copied on its behalf; what faults all the same ends the copy.
 */
#include <xen/guest_access.h>
#include <xen/lib.h>
#include <xen/mm.h>
#include <asm/cpu.h>
#include <asm/current.h>
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

static void *find_guest_bytes(const struct vcpu *v, uint64_t va, bool is_write)
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

static unsigned long bytes_to_page_end(uint64_t va)
{
    return PAGE_SIZE - (va & ~PAGE_MASK);
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

/* Like memcpy(), up to a fault; returns the bytes not copied. */
static unsigned long copy_until_fault(void *to, const void *from,
                                      unsigned long bytes)
{
    const unsigned long word = sizeof(uint64_t);
    unsigned long left = COPY_UNITS("rep movsq", to, from, bytes / word);

    return left ? left * word + bytes % word
                : COPY_UNITS("rep movsb", to, from, bytes % word);
}

/* Copies in the direction of is_write; returns the bytes not copied: all of
 * them when they reach past the end of the address space. */
static unsigned long copy_guest(const struct vcpu *v, uint64_t va, void *ours,
                                unsigned long bytes, bool is_write)
{
    if (bytes && va + (bytes - 1) < va) {
        return bytes;
    }
    while (bytes) {
        unsigned long piece = min(bytes, bytes_to_page_end(va));
        unsigned long left = piece;
        void *guest = find_guest_bytes(v, va, is_write);

        if (guest) {
            left = is_write ? copy_until_fault(guest, ours, piece)
                            : copy_until_fault(ours, guest, piece);
        }
        if (left) {
            return bytes - piece + left;
        }
        va += piece;
        ours = (char *)ours + piece;
        bytes -= piece;
    }
    return bytes;
}

unsigned long raw_copy_from_guest(void *to, const void *from,
                                  unsigned long bytes)
{
    return copy_guest(this_pcpu()->vcpu, (uint64_t)from, to, bytes, false);
}

unsigned long raw_copy_to_guest(void *to, const void *from, unsigned long bytes)
{
    return copy_guest(this_pcpu()->vcpu, (uint64_t)to, (void *)from, bytes,
                      true);
}

unsigned int guest_read_code(const struct vcpu *v, uint8_t *code,
                             unsigned int bytes)
{
    uint64_t rip = guest_is_64bit(v)
                       ? v->vmcb->rip
                       : (uint32_t)(v->vmcb->cs.base + v->vmcb->rip);

    return bytes - copy_guest(v, rip, code, bytes, false);
}
