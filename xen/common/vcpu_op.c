// SPDX-License-Identifier: GPL-2.0
/*
 * The hypercall vcpu_op. A guest may name the place of each vCPU's vcpu_info;
 * it is checked and then never written, because there are no event channels
 * and no paravirtual clock that it could tell of.
 */
#include <xen/errno.h>
#include <xen/guest_access.h>
#include <xen/hypercall.h>
#include <xen/mm.h>
#include <xen/sched.h>
#include <public/vcpu.h>

static long register_vcpu_info(void *arg)
{
    struct vcpu_register_vcpu_info place;

    if (raw_copy_from_guest(&place, arg, sizeof(place))) {
        return -EFAULT;
    }
    return place.offset > PAGE_SIZE - sizeof(struct vcpu_info) ? -EINVAL : 0;
}

long do_vcpu_op(int cmd, unsigned int vcpu, void *arg)
{
    if (vcpu >= current_domain()->nr_vcpus) {
        return -ENOENT;
    }
    return cmd == VCPUOP_register_vcpu_info ? register_vcpu_info(arg) : -ENOSYS;
}
