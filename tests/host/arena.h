/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The memory of the host that has permissions of its own: the fake
 * hypervisor's image (text, read-only data, init area) and the pages that
 * vmalloc gives out, all views of one file in memory, all within reach of a
 * branch of each other. A second view of the same file, closed unless
 * somebody is writing through it, is what the patching window writes to.
 */
#ifndef HOST_ARENA_H
#define HOST_ARENA_H

#define HOST_TEXT_BYTES 0x40000
#define HOST_NOPATCH_BYTES 0x1000 /* the end of it: the patching path */
#define HOST_VERIFY_BYTES 0x800   /* then, from there down: what anybody may */
#define HOST_PLAIN_BYTES 0x800    /* patch, and what verifies payloads */
#define HOST_KEPT_BYTES                                                        \
    (HOST_VERIFY_BYTES + HOST_PLAIN_BYTES + HOST_NOPATCH_BYTES)
#define HOST_RODATA_BYTES 0x1000
#define HOST_INIT_BYTES 0x1000

#ifndef __ASSEMBLY__

#include "host_arch.h" /* HOST_VMAP_BYTES, HOST_VMAP_GAP_MIN, _MAX */

#include <xen/types.h>

/* Whether vmalloc gives out memory full of rubbish (at the start: yes). The
 * hypervisor's does not pay for that. */
void host_arena_fill_fresh(bool is_filled);

/* Maps everything; once a program. */
void host_arena_start(void);

/* Where [va, va + bytes) stands in the second view, or NULL when a byte of it
 * is not mapped. */
uint8_t *host_arena_alias(const void *va, size_t bytes);

/* Makes the second view writable, or inaccessible again. Calls do not nest. */
void host_arena_open_alias(void);
void host_arena_close_alias(void);

/* Makes the image's read-only data writable where it stands, or read-only
 * again.
 */
void host_arena_open_constants(void);
void host_arena_close_constants(void);

/* Writes through the second view, which is closed before and after. */
void host_arena_write(void *va, const void *bytes, size_t nr);

/* HOST_PROT_* of the page that holds va; 0 when it is not mapped. */
unsigned int host_arena_prot(const void *va);

/*
 * Makes vmalloc fail for more than this many pages from now on; 0: no limit
 * but the arena's size.
 */
void host_arena_limit(unsigned long nr_pages);

#endif /* __ASSEMBLY__ */

#endif
