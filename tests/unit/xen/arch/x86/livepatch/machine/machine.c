// SPDX-License-Identifier: GPL-2.0
/*
 * The machine: physical memory is a file in memory, of which the program has a
 * view at a fixed place; a physical address is one of that view, or of an
 * object of the program. What a load of CR3 maps is walked in the tables then
 * and there, as a processor that has forgotten all translations would.
 *
 * Deeds: W a load of CR3, I a CPUID.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <xen/errno.h>
#include <xen/kernel.h>
#include <xen/xmalloc.h>
#include <asm/cpu.h>
#include <xen/paging.h>
#include <asm/tlb.h>

#include "machine.h"

#define FRAMES_VIRT 0x380000000000UL
#define MOST_ALIASES 8192
#define MOST_DEEDS 64
#define MOST_TABLES 64

uint64_t idle_pml4[PT_ENTRIES] __aligned(PAGE_SIZE);
uint64_t low_pml4[PT_ENTRIES] __aligned(PAGE_SIZE);
uint64_t low_l2[PT_ENTRIES] __aligned(PAGE_SIZE);
static uint64_t other_pml4[PT_ENTRIES] __aligned(PAGE_SIZE);

static uint8_t tables_pool[MOST_TABLES][PAGE_SIZE] __aligned(PAGE_SIZE);
static unsigned int nr_tables;

static int memory = -1;
static unsigned long cr3, patching_cr3;
static unsigned int pages_opened;
static unsigned int until_failure, nr_allocations;
static char deeds[MOST_DEEDS];

/* The linker script's, of the init area: there is none. */
char _sinit[1], _einit[1];
/* Nor is there data that is constant after the boot, unless a test has some. */
__weak char _sro_after_init[1], _ero_after_init[1];

void panic(const char *format, ...)
{
    va_list values;

    va_start(values, format);
    vfprintf(stderr, format, values);
    va_end(values);
    abort();
}

void printk(const char *format, ...)
{
    va_list values;

    va_start(values, format);
    vfprintf(stderr, format, values);
    va_end(values);
}

static void must(bool is_well, const char *what)
{
    if (!is_well) {
        panic("machine: %s\n", what);
    }
}

static void map(unsigned long virt, unsigned long offset, int prot)
{
    must(mmap((void *)virt, PAGE_SIZE, prot,
              MAP_SHARED | MAP_FIXED | (prot ? 0 : MAP_NORESERVE), memory,
              offset) == (void *)virt,
         "mmap");
}

static paddr_t frame_of(unsigned int page)
{
    return FRAMES_VIRT + (page * 5 + 3) % TEXT_PAGES * PAGE_SIZE;
}

static void start_memory(void)
{
    if (memory >= 0) {
        return;
    }
    memory = memfd_create("machine", MFD_CLOEXEC);
    must(memory >= 0 && ftruncate(memory, TEXT_PAGES * PAGE_SIZE) == 0,
         "memory");
    for (unsigned int i = 0; i < TEXT_PAGES; i++) {
        map(FRAMES_VIRT + i * PAGE_SIZE, i * PAGE_SIZE, PROT_READ | PROT_WRITE);
    }
}

static void map_page(unsigned long virt, unsigned int page)
{
    must(map_pages_to_xen(virt, PFN_DOWN(frame_of(page)), 1,
                          PAGE_HYPERVISOR_RX) == 0,
         "a page table");
}

void machine_start(unsigned int pages)
{
    start_memory();
    memset(idle_pml4, 0, sizeof(idle_pml4));
    cr3 = patching_cr3 = image_paddr(idle_pml4);
    nr_tables = 0;
    for (unsigned int i = 0; i < pages; i++) {
        map_page(TEXT_VIRT + i * PAGE_SIZE, i);
    }
    machine_fill_text();
    machine_fail_nth(0);
    machine_forget_deeds();
    pages_opened = 0;
}

void machine_map_many(unsigned long virt, unsigned int pages)
{
    for (unsigned int i = 0; i < pages; i++) {
        map_page(virt + i * PAGE_SIZE, i % TEXT_PAGES);
    }
}

/* The entry of the level, or 0. */
static uint64_t walk_to(unsigned long tables, unsigned long virt,
                        unsigned int last_level)
{
    uint64_t entry = tables | PTE_PRESENT;

    for (unsigned int level = 4; level >= last_level && (entry & PTE_PRESENT);
         level--) {
        const uint64_t *table = (const uint64_t *)(entry & PTE_ADDRESS);

        entry = table[table_index(virt, level)];
    }
    return entry & PTE_PRESENT ? entry : 0;
}

static uint64_t walk(unsigned long tables, unsigned long virt)
{
    return walk_to(tables, virt, 1);
}

uint64_t machine_entry(unsigned long virt)
{
    return walk(cr3, virt);
}

uint64_t machine_boot_entry(unsigned long virt)
{
    return walk(image_paddr(idle_pml4), virt);
}

const uint8_t *machine_text(unsigned long virt)
{
    const uint64_t entry = walk(image_paddr(idle_pml4), virt);

    must(entry, "no such text");
    return (const uint8_t *)((entry & PTE_ADDRESS) | (virt & ~PAGE_MASK));
}

uint8_t machine_filling(unsigned long virt)
{
    return (virt >> PAGE_SHIFT) % TEXT_PAGES * 31 + (virt & ~PAGE_MASK) * 7;
}

void machine_fill_text(void)
{
    for (unsigned int page = 0; page < TEXT_PAGES; page++) {
        uint8_t *frame = (uint8_t *)frame_of(page);

        for (unsigned int i = 0; i < PAGE_SIZE; i++) {
            frame[i] = machine_filling(TEXT_VIRT + page * PAGE_SIZE + i);
        }
    }
}

/* ---- what instructions do ----------------------------------------------- */

/* Text stays where it is, and sealed, in every set of tables. */
static void check_text(unsigned long tables)
{
    for (unsigned int i = 0; i < PT_ENTRIES; i++) {
        const unsigned long virt = (unsigned long)i << 39;

        must(virt == PATCH_VIRT_START ||
                 walk(tables, virt) == walk(image_paddr(idle_pml4), virt),
             "text is not where it was");
    }
}

/* Behind the last alias there is no table that could map anything. */
static void check_aliases(unsigned long tables)
{
    must(!walk_to(tables, PATCH_VIRT_START + MOST_ALIASES * PAGE_SIZE, 2),
         "a table too many");
}

static void map_alias(unsigned long virt, uint64_t entry)
{
    const unsigned long offset = (entry & PTE_ADDRESS) - FRAMES_VIRT;

    must(offset < TEXT_PAGES * PAGE_SIZE, "an alias of what is no text");
    must((entry & PTE_WRITE) && (entry & PTE_NX), "an alias's permissions");
    map(virt, offset, PROT_READ | PROT_WRITE);
    pages_opened++;
}

void write_cr3(unsigned long value)
{
    machine_note('W');
    cr3 = value;
    check_text(value);
    check_aliases(value);
    if (walk(value, PATCH_VIRT_START)) {
        patching_cr3 = value;
        pages_opened = 0;
    }
    munmap((void *)PATCH_VIRT_START, MOST_ALIASES * PAGE_SIZE);
    for (unsigned int i = 0; i < MOST_ALIASES; i++) {
        const unsigned long virt = PATCH_VIRT_START + i * PAGE_SIZE;
        const uint64_t entry = walk(value, virt);

        if (entry) {
            map_alias(virt, entry);
        }
    }
}

unsigned long read_cr3(void)
{
    return cr3;
}

struct cpuid_regs cpuid(uint32_t leaf, uint32_t subleaf)
{
    (void)leaf;
    (void)subleaf;
    machine_note('I');
    return (struct cpuid_regs){0, 0, 0, 0};
}

unsigned long machine_other_cr3(void)
{
    memcpy(other_pml4, idle_pml4, sizeof(other_pml4));
    return image_paddr(other_pml4);
}

/* ---- what of the hypervisor the tables need ------------------------------ */

void flush_tlb_all(void)
{
}

void *alloc_xenheap_pages(unsigned int nr)
{
    must(nr == 1 && nr_tables < MOST_TABLES, "too many page tables");
    return tables_pool[nr_tables++];
}

void free_xenheap_pages(void *pages, unsigned int nr)
{
    (void)pages;
    (void)nr;
    panic("machine: nobody frees page tables here\n");
}

void xenheap_add(paddr_t start, paddr_t end)
{
    (void)start;
    (void)end;
    panic("machine: nobody gives memory here\n");
}

/* ---- the heap -------------------------------------------------------------
 */

void machine_fail_nth(unsigned int n)
{
    until_failure = n;
}

unsigned int machine_allocations(void)
{
    return nr_allocations;
}

void *_xmalloc(unsigned long size, unsigned long align)
{
    void *memory_of = NULL;

    must(!walk(cr3, PATCH_VIRT_START), "an allocation while text is open");
    if (until_failure && --until_failure == 0) {
        return NULL;
    }
    must(posix_memalign(&memory_of, align < 8 ? 8 : align, size) == 0,
         "memory");
    nr_allocations++;
    return memory_of;
}

void *_xzalloc(unsigned long size, unsigned long align)
{
    void *zeroed = _xmalloc(size, align);

    return zeroed ? memset(zeroed, 0, size) : NULL;
}

void xfree(void *p)
{
    nr_allocations -= p != NULL;
    free(p);
}

/* ---- looking --------------------------------------------------------------
 */

unsigned int machine_pages_opened(void)
{
    return pages_opened;
}

unsigned int machine_pages_open(void)
{
    unsigned int nr = 0;

    for (unsigned int i = 0; i < MOST_ALIASES; i++) {
        const unsigned long virt = PATCH_VIRT_START + i * PAGE_SIZE;

        nr += walk(patching_cr3, virt) || walk(cr3, virt);
    }
    return nr;
}

const char *machine_deeds(void)
{
    return deeds;
}

void machine_forget_deeds(void)
{
    memset(deeds, 0, sizeof(deeds));
}

void machine_note(char deed)
{
    const size_t nr = strlen(deeds);

    must(nr + 1 < sizeof(deeds), "too many deeds");
    deeds[nr] = deed;
}
