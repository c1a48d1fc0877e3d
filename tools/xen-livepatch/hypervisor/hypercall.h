/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The way to the hypervisor: memory that it can read and write, and one sysctl
 * call. Knows nothing of live patching. The implementation is chosen at link
 * time: hypercall_xencall.c in the command, a fake in the unit tests.
 */
#ifndef XEN_LIVEPATCH_HYPERCALL_H
#define XEN_LIVEPATCH_HYPERCALL_H

#include <stddef.h>

struct hypercall;

/*
 * Open the privileged interface of this domain. On success gives 0 and the
 * handle in *opened, to be closed with hypercall_close(). Otherwise -errno of
 * the device that cannot be opened (-ENOENT: not a Xen domain or no driver;
 * -EACCES: not privileged; -ETIMEDOUT: the open sleeps) or -ENOMEM; *opened is
 * untouched.
 */
int hypercall_open(struct hypercall **opened);
void hypercall_close(struct hypercall *hypercall);

/*
 * Zeroed memory of at least `bytes` bytes for the hypervisor to read or write;
 * NULL when there is none. The caller gives it back with hypercall_free(),
 * which takes NULL too.
 */
void *hypercall_alloc(struct hypercall *hypercall, size_t bytes);
void hypercall_free(struct hypercall *hypercall, void *buffer);

/*
 * Make the sysctl hypercall with the structure at `sysctl` (ordinary memory,
 * at most one page; what it points to must come from hypercall_alloc()). The
 * structure is copied back also after a failure. Gives the hypervisor's
 * non-negative answer, or -errno from the hypervisor or the driver.
 */
int hypercall_sysctl(struct hypercall *hypercall, void *sysctl, size_t bytes);

/*
 * Make the xen_version hypercall `what` (XENVER_*, public header version.h)
 * with `buffer` from hypercall_alloc(), or NULL where it takes none. Answers as
 * hypercall_sysctl() does.
 */
int hypercall_xen_version(struct hypercall *hypercall, int what, void *buffer);

#endif
