// SPDX-License-Identifier: GPL-2.0
/*
 * Memory: the C library's for everything but payloads, which get pages in the
 * range that is reserved for them, the first that are free, each with an
 * unmapped page before it. All of it stays writable: there is one pCPU, and
 * no payload runs.
 */
#include "lib/loader/host/hypervisor.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <xen/errno.h>
#include <xen/lib.h>
#include <xen/vmap.h>
#include <xen/xmalloc.h>

/* A machine's heap is smaller than what a file can ask for. */
#define PAYLOAD_BYTES_MAX MB(256UL)

struct block {
    struct block *next; /* at a higher address */
    uintptr_t start;
    size_t bytes;
};

static struct block *blocks;

/* The link to what will follow a new block of so many bytes at *at. */
static struct block **find_gap(size_t bytes, uintptr_t *at)
{
    struct block **link = &blocks;

    *at = hypervisor->payloads.start + PAGE_SIZE;
    while (*link && *at + bytes + PAGE_SIZE > (*link)->start) {
        *at = (*link)->start + (*link)->bytes + PAGE_SIZE;
        link = &(*link)->next;
    }
    return link;
}

/* Remaps pages of the range: with a protection, new ones. */
static bool map(uintptr_t start, size_t bytes, int prot)
{
    return mmap((void *)start, bytes, prot,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1,
                0) != MAP_FAILED;
}

void *vmalloc_xen(size_t bytes)
{
    const size_t size = PAGE_ALIGN(bytes);
    struct block *block = malloc(sizeof(*block));
    struct block **link;
    uintptr_t at;

    if (bytes > PAYLOAD_BYTES_MAX) {
        free(block);
        return NULL;
    }
    link = find_gap(size, &at);
    if (!block || at + size > hypervisor->payloads.end ||
        !map(at, size, PROT_READ | PROT_WRITE)) {
        free(block);
        return NULL;
    }
    *block = (struct block){.next = *link, .start = at, .bytes = size};
    *link = block;
    return (void *)at;
}

/* True when it was one of vmalloc_xen()'s. */
static bool free_block(void *va)
{
    for (struct block **link = &blocks; *link; link = &(*link)->next) {
        struct block *block = *link;

        if (block->start == (uintptr_t)va) {
            *link = block->next;
            (void)map(block->start, block->bytes, PROT_NONE);
            free(block);
            return true;
        }
    }
    return false;
}

void *vmalloc(size_t bytes)
{
    return malloc(bytes);
}

void vfree(void *va)
{
    if (va && !free_block(va)) {
        free(va);
    }
}

int modify_xen_mappings(unsigned long s, unsigned long e, unsigned int flags)
{
    (void)s;
    (void)e;
    (void)flags;
    return 0;
}

void *_xmalloc(unsigned long size, unsigned long align)
{
    void *p = NULL;

    return size > GB(1UL) || posix_memalign(&p, max(align, sizeof(void *)),
                                            size ? size : 1)
               ? NULL
               : p;
}

void *_xzalloc(unsigned long size, unsigned long align)
{
    void *p = _xmalloc(size, align);

    return p ? memset(p, 0, size) : NULL;
}

void xfree(void *p)
{
    free(p);
}
