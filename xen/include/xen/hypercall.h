/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Hypercalls: numbers, handlers and the one way to ask for a retry.
 */
#ifndef XEN_HYPERCALL_H
#define XEN_HYPERCALL_H

#include <xen/types.h>

/*
 * Runs hypercall nr (public/xen.h) with its arguments for the current vCPU.
 * The result goes to the guest; -ENOSYS for what this hypervisor does not
 * have. HYPERCALL_RETRY: nothing was done; the arch lets the guest execute the
 * hypercall instruction again, so that this pCPU passes a safe point between
 * tries.
 */
#define HYPERCALL_RETRY (-0x10000L)

long hypercall_dispatch(unsigned int nr, unsigned long a1, unsigned long a2,
                        unsigned long a3, unsigned long a4, unsigned long a5);

/* The address of the function that serves hypercall nr, for a message. */
unsigned long hypercall_server(unsigned long nr);

long do_xen_version(int cmd, void *arg);
long do_memory_op(unsigned int cmd, void *arg);
long do_console_io(unsigned int cmd, unsigned int count, char *buffer);
long do_sched_op(int cmd, void *arg);
long do_vcpu_op(int cmd, unsigned int vcpu, void *arg);
long do_sysctl(void *arg);

#endif
