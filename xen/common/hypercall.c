// SPDX-License-Identifier: GPL-2.0
/*
 * Dispatch of hypercalls: gives each number's handler its arguments. Pointers
 * are addresses in the guest, for copy_from_guest() and copy_to_guest() only.
 */
#include <xen/errno.h>
#include <xen/hypercall.h>
#include <xen/lib.h>
#include <public/xen.h>

typedef long hypercall_fn(const unsigned long *args);

static long call_memory_op(const unsigned long *args)
{
    return do_memory_op(args[0], (void *)args[1]);
}

static long call_xen_version(const unsigned long *args)
{
    return do_xen_version(args[0], (void *)args[1]);
}

static long call_console_io(const unsigned long *args)
{
    return do_console_io(args[0], args[1], (char *)args[2]);
}

static long call_vcpu_op(const unsigned long *args)
{
    return do_vcpu_op(args[0], args[1], (void *)args[2]);
}

static long call_sched_op(const unsigned long *args)
{
    return do_sched_op(args[0], (void *)args[1]);
}

static long call_sysctl(const unsigned long *args)
{
    return do_sysctl((void *)args[0]);
}

static hypercall_fn *const hypercalls[] = {
    [__HYPERVISOR_memory_op] = call_memory_op,
    [__HYPERVISOR_xen_version] = call_xen_version,
    [__HYPERVISOR_console_io] = call_console_io,
    [__HYPERVISOR_vcpu_op] = call_vcpu_op,
    [__HYPERVISOR_sched_op] = call_sched_op,
    [__HYPERVISOR_sysctl] = call_sysctl,
};

/* NOLINTNEXTLINE(readability-function-size): the ABI has five arguments */
long hypercall_dispatch(unsigned int nr, unsigned long a1, unsigned long a2,
                        unsigned long a3, unsigned long a4, unsigned long a5)
{
    const unsigned long args[] = {a1, a2, a3, a4, a5};

    if (nr >= ARRAY_SIZE(hypercalls) || !hypercalls[nr]) {
        return -ENOSYS;
    }
    return hypercalls[nr](args);
}

unsigned long hypercall_server(unsigned long nr)
{
    return nr < ARRAY_SIZE(hypercalls) && hypercalls[nr]
               ? (unsigned long)hypercalls[nr]
               : (unsigned long)hypercall_dispatch;
}
