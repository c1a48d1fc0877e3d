/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The live-patching subsystem's front door: all that the rest of the
 * hypervisor may know of it.
 */
#ifndef XEN_LIVEPATCH_H
#define XEN_LIVEPATCH_H

#include <xen/compiler.h>
#include <xen/errno.h>
#include <xen/types.h>

struct xen_sysctl_livepatch_op;

/*
 * Serves one XEN_SYSCTL_livepatch_op of a privileged caller. Hypercall
 * context; the sysctl lock is held. Returns what the guest gets: 0, the number
 * of entries for LIST, or a negative errno (docs/errors.md). interface_version
 * is the caller's (XEN_SYSCTL_INTERFACE_VERSION of its headers): 0x15, or 0x16,
 * where LIST takes the sizes of the caller's buffers.
 */
int livepatch_op(struct xen_sysctl_livepatch_op *op,
                 uint32_t interface_version);

/*
 * A pCPU's safe point: it holds no lock and no reference, and its stack is
 * about to be left. The host calls it after every exit from a guest before the
 * next entry, and in every loop in which a pCPU waits outside a guest. Takes
 * part in a rendezvous when there is one; otherwise costs one load.
 */
void check_for_livepatch_work(void);

/*
 * For what a pCPU does on an exception that ends in a report, wherever it comes
 * in: returns when no other pCPU is changing text, or when it has been doing so
 * for far too long. Code that runs before this (and the way there) is part of
 * the patching path, what runs after it need not be. From any context, at any
 * time of the boot.
 */
void livepatch_settle(void);

/*
 * Looks whether a payload's hook has not come back for far too long, and says
 * so in the log. The host calls it now and then on each pCPU that runs; it
 * costs one load.
 */
extern bool livepatch_is_in_hook;
void livepatch_look(void);

static inline void livepatch_watch(void)
{
    if (unlikely(__atomic_load_n(&livepatch_is_in_hook, __ATOMIC_RELAXED))) {
        livepatch_look();
    }
}

/* For a host in a program, which begins anew without a boot: no build-id is
 * revoked any more. A hypervisor has no use for it. */
void livepatch_forget_revoked(void);

/* For a report of this pCPU: a line that names the hook of a payload that it is
 * in, if it is in one. */
void livepatch_report(void);

#endif
