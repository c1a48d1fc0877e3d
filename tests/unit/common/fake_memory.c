// SPDX-License-Identifier: GPL-2.0
/*
 * Memory for tests: frames are pages of a memory file, the direct map is a
 * mapping of all of it, map_pages_to_xen() maps pages of it elsewhere.
 */
#define _GNU_SOURCE
#include "unit.h"
#include <sys/mman.h>
#include <unistd.h>

#include "fake_memory.h"

char *fake_region[2];
long fake_maps_left = -1;

static int memory_file;
static char *direct_map;
static bool is_hidden[FAKE_MEMORY_PAGES];
static bool is_mapped[2][FAKE_REGION_PAGES];

int fake_memory_setup(void **state)
{
    const size_t bytes = FAKE_MEMORY_PAGES * PAGE_SIZE;

    (void)state;
    memory_file = memfd_create("memory", 0);
    if (memory_file < 0 || ftruncate(memory_file, bytes)) {
        return -1;
    }
    direct_map =
        mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, memory_file, 0);
    for (int i = 0; i < 2; i++) {
        fake_region[i] = mmap(NULL, FAKE_REGION_PAGES * PAGE_SIZE, PROT_NONE,
                              MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    }
    xenheap_add(0, bytes);
    return 0;
}

paddr_t virt_to_maddr(const void *va)
{
    return (const char *)va - direct_map;
}

void *maddr_to_virt(paddr_t ma)
{
    return direct_map + ma;
}

void arch_directmap_hide(void *va)
{
    assert_false(is_hidden[PFN_DOWN(virt_to_maddr(va))]);
    is_hidden[PFN_DOWN(virt_to_maddr(va))] = true;
}

void arch_directmap_show(void *va)
{
    assert_true(is_hidden[PFN_DOWN(virt_to_maddr(va))]);
    is_hidden[PFN_DOWN(virt_to_maddr(va))] = false;
}

unsigned long fake_pages_hidden(void)
{
    unsigned long nr = 0;

    for (unsigned long i = 0; i < FAKE_MEMORY_PAGES; i++) {
        nr += is_hidden[i];
    }
    return nr;
}

/* The place in is_mapped of an address in one of the regions, or NULL. */
static bool *find_mark(unsigned long va)
{
    for (int i = 0; i < 2; i++) {
        const unsigned long offset = va - (unsigned long)fake_region[i];

        if (offset < FAKE_REGION_PAGES * PAGE_SIZE) {
            return &is_mapped[i][offset / PAGE_SIZE];
        }
    }
    return NULL;
}

bool fake_is_mapped(const void *va)
{
    return *find_mark((unsigned long)va);
}

int map_pages_to_xen(unsigned long virt, mfn_t mfn, unsigned long nr,
                     unsigned int flags)
{
    const size_t bytes = nr * PAGE_SIZE;

    assert_int_equal(flags, PAGE_HYPERVISOR_RW);
    if (fake_maps_left == 0) {
        return -1;
    }
    if (fake_maps_left > 0) {
        fake_maps_left--;
    }
    for (unsigned long i = 0; i < nr; i++) {
        bool *mark = find_mark(virt + i * PAGE_SIZE);

        assert_non_null(mark);
        assert_false(*mark);
        *mark = true;
    }
    assert_ptr_equal(mmap((void *)virt, bytes, PROT_READ | PROT_WRITE,
                          MAP_SHARED | MAP_FIXED, memory_file,
                          mfn << PAGE_SHIFT),
                     (void *)virt);
    return 0;
}

int destroy_xen_mappings(unsigned long s, unsigned long e)
{
    for (unsigned long va = s; va < e; va += PAGE_SIZE) {
        assert_true(*find_mark(va));
        *find_mark(va) = false;
    }
    assert_ptr_equal(mmap((void *)s, e - s, PROT_NONE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0),
                     (void *)s);
    return 0;
}
