/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The page tables that boot.S has made: where they say that the image lies, and
 * their lower half, which goes away once all pCPUs are up.
 */
#include <xen/init.h>
#include <xen/paging.h>
#include <asm/cpu.h>

paddr_t image_paddr(const void *object)
{
    return (unsigned long)object - XEN_VIRT_START;
}

void *image_virt(paddr_t paddr)
{
    return (void *)(XEN_VIRT_START + paddr);
}

void __init paging_leave_boot_tables(void)
{
    write_cr3(image_paddr(idle_pml4));
    low_l2[table_index(XEN_LOAD_PADDR, 2)] = 0;
}

void paging_drop_low_tables(void)
{
    low_pml4[0] = 0;
}
