// SPDX-License-Identifier: GPL-2.0
/*
 * The hypercall sched_op. Every vCPU has a pCPU to itself, so there is nobody
 * to yield to; what is left is shutting the machine down.
 */
#include <xen/errno.h>
#include <xen/guest_access.h>
#include <xen/hypercall.h>
#include <xen/sched.h>
#include <public/sched.h>

static long shutdown(void *arg)
{
    struct sched_shutdown request;

    if (raw_copy_from_guest(&request, arg, sizeof(request))) {
        return -EFAULT;
    }
    return domain_shutdown(request.reason);
}

long do_sched_op(int cmd, void *arg)
{
    switch (cmd) {
    case SCHEDOP_yield:
        return 0;
    case SCHEDOP_shutdown:
        return shutdown(arg);
    default:
        return -ENOSYS;
    }
}
