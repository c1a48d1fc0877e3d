/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Beside the hypercalls of every architecture, what arm64's Linux cannot do
 * without: it takes event channels and grant tables for granted. Ports are
 * given out, and nothing ever comes through them; there are no grants; a place
 * for a vCPU's times is noted by nobody.
 */
#include <xen/errno.h>
#include <xen/guest_access.h>
#include <xen/hypercall.h>
#include <xen/lib.h>
#include <xen/sched.h>
#include <public/event_channel.h>
#include <public/grant_table.h>
#include <public/vcpu.h>
#include <public/xen.h>
#include <asm/guest_hypercall.h>

#define GRANT_FRAMES 1
#define GRANT_FRAMES_MOST 4

static uint32_t next_port(void)
{
    static uint32_t last_port;

    return __atomic_add_fetch(&last_port, 1, __ATOMIC_RELAXED);
}

static long give_port(void *arg, size_t offset)
{
    const uint32_t port = next_port();

    return raw_copy_to_guest((char *)arg + offset, &port, sizeof(port))
               ? -EFAULT
               : 0;
}

static long serve_event_channel(unsigned int cmd, void *arg)
{
    switch (cmd) {
    case EVTCHNOP_bind_virq:
        return give_port(arg, offsetof(struct evtchn_bind_virq, port));
    case EVTCHNOP_bind_ipi:
        return give_port(arg, offsetof(struct evtchn_bind_ipi, port));
    case EVTCHNOP_alloc_unbound:
        return give_port(arg, offsetof(struct evtchn_alloc_unbound, port));
    case EVTCHNOP_close:
    case EVTCHNOP_unmask:
        return 0;
    default:
        return -ENOSYS;
    }
}

static long query_grants(void *arg)
{
    struct gnttab_query_size query;

    if (raw_copy_from_guest(&query, arg, sizeof(query))) {
        return -EFAULT;
    }
    query.nr_frames = GRANT_FRAMES;
    query.max_nr_frames = GRANT_FRAMES_MOST;
    query.status = GNTST_okay;
    return raw_copy_to_guest(arg, &query, sizeof(query)) ? -EFAULT : 0;
}

static long dispatch(const uint64_t *x)
{
    switch (x[16]) {
    case __HYPERVISOR_event_channel_op:
        return serve_event_channel(x[0], (void *)x[1]);
    case __HYPERVISOR_grant_table_op:
        return x[0] == GNTTABOP_query_size ? query_grants((void *)x[1])
                                           : -ENOSYS;
    case __HYPERVISOR_vcpu_op:
        if (x[0] == VCPUOP_register_runstate_memory_area) {
            return x[1] < current_domain()->nr_vcpus ? 0 : -ENOENT;
        }
        break;
    default:
        break;
    }
    return hypercall_dispatch(x[16], x[0], x[1], x[2], x[3], x[4]);
}

bool guest_hypercall(struct vcpu *v)
{
    const long result = dispatch(v->x);

    if (result == HYPERCALL_RETRY) {
        return false;
    }
    v->x[0] = result;
    return true;
}

unsigned long guest_hypercall_server(const struct vcpu *v)
{
    return hypercall_server(ACCESS_ONCE(v->x[16]));
}
