/* SPDX-License-Identifier: GPL-2.0 */
/*
 * dom0, the one domain: who it is, and its shared-info page, which takes the
 * place of a frame of its RAM wherever dom0 wants it (it stays zero: there are
 * no event channels and no time in it).
 */
#include <xen/errno.h>
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/mm.h>
#include <xen/sched.h>
#include <xen/string.h>
#include <asm/memory.h>
#include <asm/npt.h>
#include <asm/shared_page.h>
#include <asm/vcpu.h>

#define NOWHERE INVALID_PADDR

static struct domain dom0_domain;
struct domain *dom0 = &dom0_domain;

static void *shared_page;
static paddr_t shared_page_gpa = NOWHERE;

struct domain *current_domain(void)
{
    return dom0;
}

void __init domain_init(void)
{
    dom0->domain_id = 0;
    dom0->is_privileged = true;
    dom0->nr_vcpus = nr_vcpus();
    dom0->total_pages = PFN_DOWN(memmap_ram_bytes(&dom0_memmap));
    shared_page = alloc_xenheap_pages(1);
    if (shared_page == NULL) {
        panic("no memory for dom0's shared-info page\n");
    }
    memset(shared_page, 0, PAGE_SIZE);
}

int arch_map_shared_info(uint64_t gfn)
{
    paddr_t gpa = gfn << PAGE_SHIFT;
    int rc = 0;

    if (gfn > PFN_DOWN(INVALID_PADDR) ||
        !memmap_is_ram(&dom0_memmap, gpa, gpa + PAGE_SIZE)) {
        return -EINVAL;
    }
    if (shared_page_gpa != NOWHERE) {
        rc = npt_replace(shared_page_gpa, shared_page_gpa);
    }
    if (rc == 0) {
        rc = npt_replace(gpa, virt_to_maddr(shared_page));
    }
    if (rc == 0) {
        shared_page_gpa = gpa;
    }
    return rc;
}
