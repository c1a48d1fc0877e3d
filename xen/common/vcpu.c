/* SPDX-License-Identifier: GPL-2.0 */
/*
 * dom0's vCPUs, each bound for good to the pCPU of its number.
 */
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/pcpu.h>
#include <xen/smp.h>
#include <xen/vcpu.h>
#include <asm/vcpu.h>

static struct vcpu *vcpus[NR_CPUS];
static unsigned int nr_listed;

void __init vcpu_list(struct vcpu *v)
{
    vcpus[v->id] = v;
    nr_listed = max(nr_listed, v->id + 1);
}

struct vcpu *vcpu_of(unsigned int id)
{
    return vcpus[id];
}

unsigned int nr_vcpus(void)
{
    return nr_listed;
}

void vcpu_kick(const struct vcpu *v)
{
    cpumask_t one;

    if (v->id != smp_processor_id()) {
        cpumask_clear(&one);
        cpumask_set_cpu(v->id, &one);
        smp_kick(&one);
    }
}
