/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Copies between the hypervisor and dom0's virtual addresses, page by page,
 * through dom0's own page tables and the nested ones. What dom0 cannot reach
 * cannot be copied on its behalf.
 */
#include <xen/guest_access.h>
#include <xen/lib.h>
#include <xen/mm.h>
#include <xen/string.h>
#include <asm/cpu.h>
#include <asm/current.h>
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

/* Copies in the direction of is_write; returns the bytes not copied. */
static unsigned long copy_guest(const struct vcpu *v, uint64_t va, void *ours,
                                unsigned long bytes, bool is_write)
{
    while (bytes) {
        unsigned long piece = min(bytes, bytes_to_page_end(va));
        void *guest = find_guest_bytes(v, va, is_write);

        if (guest == NULL) {
            break;
        }
        if (is_write) {
            memcpy(guest, ours, piece);
        } else {
            memcpy(ours, guest, piece);
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
