/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How dom0's virtual addresses are reached: the hardware translates, by dom0's
 * tables and the second stage's, as dom0's kernel would (Arm ARM, C5.5 "AT
 * S12E1R"); what is not RAM of dom0's is not touched on its behalf.
 */
#include <xen/guest_memory.h>
#include <xen/memory.h>
#include <xen/mm.h>
#include <xen/string.h>
#include <asm/system.h>

#define PAR_FAULT (1UL << 0)
#define PAR_ADDRESS 0x0000fffffffff000UL

/* dom0 may have put a question of its own to the same register. */
static uint64_t translate(uint64_t va, bool is_write)
{
    const uint64_t saved = read_sysreg(par_el1);
    uint64_t answer;

    if (is_write) {
        __asm__ __volatile__("at s12e1w, %0" : : "r"(va) : "memory");
    } else {
        __asm__ __volatile__("at s12e1r, %0" : : "r"(va) : "memory");
    }
    isb();
    answer = read_sysreg(par_el1);
    write_sysreg(par_el1, saved);
    return answer;
}

/* That of the vCPU that runs here. */
void *arch_find_guest_bytes(const struct vcpu *v, uint64_t va, bool is_write)
{
    const uint64_t answer = translate(va, is_write);
    const paddr_t page = answer & PAR_ADDRESS;

    (void)v;
    if ((answer & PAR_FAULT) ||
        !memmap_is_ram(&dom0_memmap, page, page + PAGE_SIZE)) {
        return NULL;
    }
    return (char *)maddr_to_virt(page) + (va & ~PAGE_MASK);
}

/* What was found is in the direct map: nothing faults. */
unsigned long arch_copy_until_fault(void *to, const void *from,
                                    unsigned long bytes)
{
    memcpy(to, from, bytes);
    return 0;
}
