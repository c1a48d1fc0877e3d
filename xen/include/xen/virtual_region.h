/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Ranges of text, the hypervisor's own and each payload's, with what belongs
 * to them: what a trap or a fault in them means, the names of their functions.
 * Readers (traps, backtraces) walk without a lock.
 */
#ifndef XEN_VIRTUAL_REGION_H
#define XEN_VIRTUAL_REGION_H

#include <xen/bug.h>
#include <xen/extable.h>
#include <xen/list.h>
#include <xen/rcupdate.h>
#include <xen/symbols.h>

/* Frames of one kind, each of BUG_FRAME_BYTES(kind). */
struct bug_frames {
    const void *start;
    const void *stop; /* one past the last; both NULL: none */
};

struct virtual_region {
    struct list_head list;
    const void *text_start;           /* first byte */
    const void *text_end;             /* one past the last */
    symbols_lookup_t *symbols_lookup; /* NULL: the hypervisor's table */
    struct bug_frames frame[BUGFRAME_NR];
    const struct exception_table_entry *ex; /* sorted; NULL: none */
    const struct exception_table_entry *ex_end;
};

/* The hypervisor's own, and what it runs until dom0 is about to start; that
 * memory is given away then. */
extern struct virtual_region core_region, core_init_region;

/* The region must stay until it is unregistered. */
void register_virtual_region(struct virtual_region *r);

/* Removes r and returns when no reader can still be on it. */
void unregister_virtual_region(struct virtual_region *r);

/* What readers hold while they use a region that they have found. */
extern rcu_read_lock_t virtual_regions_read;

/* The region whose text holds addr, or NULL. From any context; the caller holds
 * virtual_regions_read as long as it uses the region. */
const struct virtual_region *find_text_region(unsigned long addr);

/* How many bytes of text there are from addr to the end of its region; 0 when
 * addr is no text. From any context. */
size_t text_bytes_from(unsigned long addr);

#endif
