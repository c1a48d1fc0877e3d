/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Copies between the hypervisor and dom0's virtual addresses, page by page.
 * What dom0 cannot reach cannot be copied on its behalf; what faults all the
 * same ends the copy.
 */
#include <xen/guest_access.h>
#include <xen/guest_memory.h>
#include <xen/lib.h>
#include <xen/mm.h>
#include <asm/current.h>

static unsigned long bytes_to_page_end(uint64_t va)
{
    return PAGE_SIZE - (va & ~PAGE_MASK);
}

unsigned long copy_guest(const struct vcpu *v, uint64_t va, void *ours,
                         unsigned long bytes, bool is_write)
{
    if (bytes && va + (bytes - 1) < va) {
        return bytes;
    }
    while (bytes) {
        unsigned long piece = min(bytes, bytes_to_page_end(va));
        unsigned long left = piece;
        void *guest = arch_find_guest_bytes(v, va, is_write);

        if (guest) {
            left = is_write ? arch_copy_until_fault(guest, ours, piece)
                            : arch_copy_until_fault(ours, guest, piece);
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
