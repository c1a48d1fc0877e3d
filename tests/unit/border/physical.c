// SPDX-License-Identifier: GPL-2.0
/*
 * See physical.h. The image lies at 2 MiB, and is 1 MiB and a bit long.
 */
#include "unit.h"
#include <string.h>
#include <sys/mman.h>
#include <xen/kernel.h>
#include <xen/lib.h>
#include <xen/mm.h>
#include <xen/smp.h>
#include <asm/apic.h>
#include <asm/cpu.h>
#include <asm/current.h>
#include <xen/paging.h>
#include <asm/smp.h>

#include "physical.h"

unsigned long physical_pages_left = ~0UL;
unsigned int physical_kicks;

static paddr_t heap_next, heap_end;

struct pcpu fake_pcpu;
cpumask_t cpu_online_map;
char fake_start[1], fake_end[1], _einit[1];

void physical_open(void)
{
    void *at = mmap(
        (void *)DIRECTMAP_VIRT_START, PHYSICAL_BYTES, PROT_READ | PROT_WRITE,
        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1,
        0);

    assert_ptr_equal(at, (void *)DIRECTMAP_VIRT_START);
}

void physical_heap(paddr_t start, paddr_t end)
{
    heap_next = start;
    heap_end = end;
}

void *alloc_xenheap_pages(unsigned int nr)
{
    const paddr_t at = heap_next;

    if (nr > physical_pages_left || at + nr * PAGE_SIZE > heap_end) {
        return NULL;
    }
    physical_pages_left -= nr;
    heap_next += nr * PAGE_SIZE;
    return maddr_to_virt(at);
}

void xenheap_add(paddr_t start, paddr_t end)
{
    if (heap_end != start) {
        heap_next = start;
    }
    heap_end = end;
}

void *_xzalloc(size_t size, size_t align);
void *_xzalloc(size_t size, size_t align)
{
    assert_true(align <= PAGE_SIZE);
    void *at = alloc_xenheap_pages(PFN_UP(size));

    return at ? memset(at, 0, size) : NULL;
}

paddr_t virt_to_maddr(const void *va)
{
    assert_in_range((unsigned long)va, DIRECTMAP_VIRT_START,
                    DIRECTMAP_VIRT_START + PHYSICAL_BYTES - 1);
    return (paddr_t)va - DIRECTMAP_VIRT_START;
}

void *maddr_to_virt(paddr_t ma)
{
    return (void *)(DIRECTMAP_VIRT_START + ma);
}

int directmap_add(paddr_t start, paddr_t end, bool small_pages)
{
    (void)small_pages;
    return start < end ? 0 : -1;
}

paddr_t image_paddr(const void *object)
{
    return object == fake_start ? 0x200000
           : object == fake_end ? 0x303000
                                : 0x280000;
}

struct cpuid_regs cpuid(uint32_t leaf, uint32_t subleaf)
{
    (void)subleaf;
    assert_int_equal(leaf, 0x80000008);
    return (struct cpuid_regs){.eax = 0x3000 | PHYSICAL_BITS};
}

paddr_t apic_paddr(void)
{
    return FAKE_APIC_PADDR;
}

void smp_kick(const cpumask_t *cpus)
{
    (void)cpus;
    physical_kicks++;
}
