// SPDX-License-Identifier: GPL-2.0
/*
 * The hypercall memory_op. A guest's memory is fixed; the one thing to ask for
 * is the shared-info page at a frame of the guest's choice.
 */
#include <xen/errno.h>
#include <xen/guest_access.h>
#include <xen/hypercall.h>
#include <xen/sched.h>
#include <public/memory.h>

static bool is_caller(domid_t domid)
{
    return domid == DOMID_SELF || domid == current_domain()->domain_id;
}

static long add_to_physmap(void *arg)
{
    struct xen_add_to_physmap request;

    if (raw_copy_from_guest(&request, arg, sizeof(request))) {
        return -EFAULT;
    }
    if (!is_caller(request.domid)) {
        return -EPERM;
    }
    if (request.space != XENMAPSPACE_shared_info) {
        return -ENOSYS;
    }
    return request.idx ? -EINVAL : arch_map_shared_info(request.gpfn);
}

long do_memory_op(unsigned int cmd, void *arg)
{
    return cmd == XENMEM_add_to_physmap ? add_to_physmap(arg) : -ENOSYS;
}
