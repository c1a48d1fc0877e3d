/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The live patch that closes the demo's hole: physinfo as it should have been,
 * clearing what it hands out. Built against the demo's hypervisor only.
 */
#include <xen/hypercall.h>
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>
#include <xen/mm.h>
#include <xen/sched.h>
#include <xen/smp.h>
#include <xen/string.h>
#include <xen/time.h>
#include <function_sizes.h>

static long fixed_physinfo(struct xen_sysctl *sysctl)
{
    struct xen_sysctl_physinfo *info = &sysctl->u.physinfo;

    memset(info, 0, sizeof(*info));
    info->threads_per_core = 1;
    info->cores_per_socket = num_online_cpus();
    info->nr_cpus = num_online_cpus();
    info->max_cpu_id = NR_CPUS - 1;
    info->nr_nodes = 1;
    info->cpu_khz = cpu_khz;
    info->total_pages = dom0->total_pages + xenheap_total_pages();
    info->free_pages = xenheap_free_pages();
    info->max_mfn = max_page - 1;
    return 0;
}

LIVEPATCH_FUNC_NAMED("common/sysctl.c#physinfo", physinfo, fixed_physinfo,
                     FUNCTION_SIZE(physinfo));
