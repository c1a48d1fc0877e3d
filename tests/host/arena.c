// SPDX-License-Identifier: GPL-2.0
/*
 * One memfd, mapped three times: over the program's own room for the image,
 * below the program for vmalloc (so that a branch reaches from one to the
 * other), and as the alias. Permissions are the kernel's; the page table here
 * only remembers them. Also vmalloc itself: next fit with a guard page before
 * each allocation, so that freed addresses stay unmapped for long.
 */
#include "arena.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <xen/errno.h>
#include <xen/kernel.h>
#include <xen/mm.h>
#include <xen/vmap.h>

#include "failure.h"
#include "poison.h"
#include "stopped.h"

#define IMAGE_BYTES (HOST_TEXT_BYTES + HOST_RODATA_BYTES + HOST_INIT_BYTES)
#define NR_PAGES (HOST_VMAP_BYTES >> PAGE_SHIFT)
#define FRESH_BYTE 0xa5 /* what new memory holds */

enum system_state system_state = SYS_STATE_active;

struct page {
    uint8_t prot;      /* HOST_PROT_*; 0: not mapped */
    uint32_t nr_pages; /* at an allocation's first page: its length */
};

static struct page pages[NR_PAGES];
static unsigned int image_prot = PAGE_HYPERVISOR_RX;
static unsigned long nr_used;
static unsigned long page_limit;
static unsigned long next_page;
static uint8_t *vmap_base;
static uint8_t *alias_base;
static bool is_fresh_filled = true;
static int memory = -1;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void die(const char *what)
{
    perror(what);
    abort();
}

static void *map_fixed(void *at, size_t bytes, int prot, off_t offset)
{
    void *got = mmap(at, bytes, prot, MAP_SHARED | MAP_FIXED, memory, offset);

    if (got == MAP_FAILED) {
        die("host: mmap");
    }
    return got;
}

/* Room for vmalloc below the program, so that branches reach. */
static uint8_t *reserve_near_image(void)
{
    for (unsigned long gap = HOST_VMAP_GAP_MIN; gap <= HOST_VMAP_GAP_MAX;
         gap += HOST_VMAP_GAP_MIN / 4) {
        void *at = (void *)PAGE_ALIGN((unsigned long)_stext - gap);
        void *got = mmap(at, HOST_VMAP_BYTES, PROT_NONE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE |
                             MAP_FIXED_NOREPLACE,
                         -1, 0);

        if (got == at) {
            return got;
        }
        if (got != MAP_FAILED) {
            munmap(got, HOST_VMAP_BYTES);
        }
    }
    die("host: no free addresses near the program");
    return NULL;
}

void host_arena_fill_fresh(bool is_filled)
{
    is_fresh_filled = is_filled;
}

void host_arena_start(void)
{
    const size_t total = IMAGE_BYTES + HOST_VMAP_BYTES;

    if (memory >= 0) {
        return;
    }
    memory = memfd_create("xen-host", MFD_CLOEXEC);
    if (memory < 0 || ftruncate(memory, total)) {
        die("host: memfd");
    }
    vmap_base = reserve_near_image();
    map_fixed(_stext, HOST_TEXT_BYTES, PROT_READ | PROT_EXEC, 0);
    map_fixed(_srodata, HOST_RODATA_BYTES + HOST_INIT_BYTES, PROT_READ,
              HOST_TEXT_BYTES);
    map_fixed(vmap_base, HOST_VMAP_BYTES, PROT_NONE, IMAGE_BYTES);
    alias_base = mmap(NULL, total, PROT_NONE, MAP_SHARED, memory, 0);
    if (alias_base == MAP_FAILED) {
        die("host: mmap of the alias");
    }
}

static bool is_in_image(unsigned long va)
{
    return va >= (unsigned long)_stext &&
           va < (unsigned long)_stext + IMAGE_BYTES;
}

static bool is_in_vmap(unsigned long va)
{
    return va >= (unsigned long)vmap_base &&
           va < (unsigned long)vmap_base + HOST_VMAP_BYTES;
}

static struct page *page_of(unsigned long va)
{
    return &pages[(va - (unsigned long)vmap_base) >> PAGE_SHIFT];
}

unsigned int host_arena_prot(const void *va)
{
    const unsigned long address = (unsigned long)va;

    if (is_kernel_text(va)) {
        return image_prot;
    }
    if (is_in_image(address)) {
        return PAGE_HYPERVISOR_RO;
    }
    return is_in_vmap(address) ? page_of(address)->prot : 0;
}

uint8_t *host_arena_alias(const void *va, size_t bytes)
{
    const unsigned long first = (unsigned long)va;
    const unsigned long last = first + bytes - (bytes != 0);

    for (unsigned long at = first & PAGE_MASK; at <= last; at += PAGE_SIZE) {
        if (!host_arena_prot((void *)at)) {
            return NULL;
        }
    }
    return is_in_image(first)
               ? alias_base + (first - (unsigned long)_stext)
               : alias_base + IMAGE_BYTES + (first - (unsigned long)vmap_base);
}

static void protect_alias(int prot)
{
    if (mprotect(alias_base, IMAGE_BYTES + HOST_VMAP_BYTES, prot)) {
        die("host: mprotect of the alias");
    }
}

void host_arena_open_alias(void)
{
    protect_alias(PROT_READ | PROT_WRITE);
}

void host_arena_close_alias(void)
{
    protect_alias(PROT_NONE);
}

static void protect_constants(int prot)
{
    if (mprotect(_srodata, HOST_RODATA_BYTES, prot)) {
        die("host: mprotect of read-only data");
    }
}

void host_arena_open_constants(void)
{
    protect_constants(PROT_READ | PROT_WRITE);
}

void host_arena_close_constants(void)
{
    protect_constants(PROT_READ);
}

void host_arena_write(void *va, const void *bytes, size_t nr)
{
    uint8_t *alias = host_arena_alias(va, nr);

    host_arena_open_alias();
    memcpy(alias, bytes, nr);
    host_arena_close_alias();
}

void host_arena_limit(unsigned long nr_pages)
{
    page_limit = nr_pages;
}

/* ---- vmalloc ---------------------------------------------------------- */

static bool are_free(unsigned long first, unsigned long nr)
{
    for (unsigned long i = first; i < first + nr; i++) {
        if (pages[i].prot) {
            return false;
        }
    }
    return true;
}

/* nr pages with a free one before and after; 0 when there are none (page 0 is
 * always a guard). */
static unsigned long find_pages(unsigned long nr)
{
    if (nr + 2 > NR_PAGES) {
        return 0;
    }
    for (unsigned long tried = 0; tried < NR_PAGES; tried++) {
        if (next_page + nr + 2 > NR_PAGES) {
            next_page = 0;
        }
        if (are_free(next_page, nr + 2)) {
            const unsigned long first = next_page + 1;

            next_page = first + nr;
            return first;
        }
        next_page++;
    }
    return 0;
}

static void set_prot(unsigned long first, unsigned long nr, unsigned int prot)
{
    if (mprotect(vmap_base + (first << PAGE_SHIFT), nr << PAGE_SHIFT,
                 (int)prot)) {
        die("host: mprotect");
    }
    for (unsigned long i = first; i < first + nr; i++) {
        pages[i].prot = prot;
    }
}

static void *take_pages(unsigned long nr)
{
    unsigned long first;

    if (page_limit && nr_used + nr > page_limit) {
        return NULL;
    }
    first = find_pages(nr);
    if (!first) {
        return NULL;
    }
    set_prot(first, nr, PAGE_HYPERVISOR_RW);
    pages[first].nr_pages = nr;
    nr_used += nr;
    return vmap_base + (first << PAGE_SHIFT);
}

void *vmalloc_xen(size_t bytes)
{
    void *va = NULL;

    host_check_not_stopped("vmalloc");
    if (bytes == 0) {
        panic("vmalloc of 0 bytes\n");
    }
    if (host_should_fail()) {
        return NULL;
    }
    pthread_mutex_lock(&lock);
    if (bytes <= HOST_VMAP_BYTES) {
        va = take_pages(PFN_UP(bytes));
    }
    pthread_mutex_unlock(&lock);
    if (va) {
        if (is_fresh_filled) {
            memset(va, FRESH_BYTE, bytes);
        }
        host_poison((char *)va + bytes, PAGE_ALIGN(bytes) - bytes);
    }
    return va;
}

void *vmalloc(size_t bytes)
{
    return vmalloc_xen(bytes);
}

void *vzalloc(size_t bytes)
{
    void *va = vmalloc(bytes);

    if (va) {
        memset(va, 0, bytes);
    }
    return va;
}

void vfree(void *va)
{
    struct page *page;
    unsigned long first;

    if (!va) {
        return;
    }
    host_check_not_stopped("vfree");
    pthread_mutex_lock(&lock);
    page = is_in_vmap((unsigned long)va) ? page_of((unsigned long)va) : NULL;
    if (!page || !page->nr_pages || ((unsigned long)va & ~PAGE_MASK)) {
        pthread_mutex_unlock(&lock);
        panic("vfree of %p, which vmalloc did not give out\n", va);
    }
    first = page - pages;
    host_unpoison(va, (size_t)page->nr_pages << PAGE_SHIFT);
    if (madvise(va, (size_t)page->nr_pages << PAGE_SHIFT, MADV_REMOVE)) {
        die("host: madvise");
    }
    nr_used -= page->nr_pages;
    set_prot(first, page->nr_pages, 0);
    page->nr_pages = 0;
    pthread_mutex_unlock(&lock);
}

unsigned long vmap_pages_used(void)
{
    return nr_used;
}

/* ---- permissions ------------------------------------------------------ */

int modify_xen_mappings(unsigned long s, unsigned long e, unsigned int flags)
{
    int rc = 0;

    host_check_not_stopped("modify_xen_mappings");
    if (host_should_fail()) {
        return -ENOMEM;
    }
    if (s >= e || (s | e) & ~PAGE_MASK || !is_in_vmap(s) ||
        !is_in_vmap(e - 1) ||
        ((flags & HOST_PROT_WRITE) && (flags & HOST_PROT_EXEC))) {
        return -EINVAL;
    }
    pthread_mutex_lock(&lock);
    for (unsigned long va = s; rc == 0 && va < e; va += PAGE_SIZE) {
        rc = page_of(va)->prot ? 0 : -EINVAL;
    }
    if (rc == 0) {
        set_prot((s - (unsigned long)vmap_base) >> PAGE_SHIFT,
                 (e - s) >> PAGE_SHIFT, flags);
    }
    pthread_mutex_unlock(&lock);
    return rc;
}
