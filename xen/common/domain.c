/* SPDX-License-Identifier: GPL-2.0 */
/*
 * dom0, the one domain: who it is, and its shared-info page, which takes the
 * place of a frame of its RAM wherever dom0 wants it (it stays zero: there are
 * no event channels and no time in it).
 */
#include <xen/errno.h>
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/memory.h>
#include <xen/mm.h>
#include <xen/sched.h>
#include <xen/shared_page.h>
#include <xen/spinlock.h>
#include <xen/string.h>
#include <asm/vcpu.h>

#define NOWHERE INVALID_PADDR

static struct domain dom0_domain;
struct domain *dom0 = &dom0_domain;

static void *shared_page;

/* Where the page is: taken by each vCPU that moves it, for the whole move. */
static DEFINE_SPINLOCK(shared_page_lock);
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

/*
 * The new place first: that may fail, and then nothing has changed. The old
 * one has its entry since the page came there, so putting back what was there
 * needs no memory.
 */
static int move_shared_page(paddr_t gpa)
{
    int rc = arch_replace_guest_page(gpa, virt_to_maddr(shared_page));

    if (rc) {
        return rc;
    }
    if (shared_page_gpa != NOWHERE && shared_page_gpa != gpa &&
        arch_replace_guest_page(shared_page_gpa, shared_page_gpa)) {
        BUG();
    }
    shared_page_gpa = gpa;
    return 0;
}

int arch_map_shared_info(uint64_t gfn)
{
    paddr_t gpa = gfn << PAGE_SHIFT;
    int rc;

    if (gfn > PFN_DOWN(INVALID_PADDR) ||
        !memmap_is_ram(&dom0_memmap, gpa, gpa + PAGE_SIZE)) {
        return -EINVAL;
    }
    spin_lock(&shared_page_lock);
    rc = move_shared_page(gpa);
    spin_unlock(&shared_page_lock);
    return rc;
}
