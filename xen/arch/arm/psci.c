/* SPDX-License-Identifier: GPL-2.0 */
/*
 * dom0 starts and stops vCPUs, never pCPUs: those stay the hypervisor's, and
 * one whose vCPU is off waits for it to be started. The end of the machine is
 * the firmware's.
 */
#include <xen/lib.h>
#include <xen/vcpu.h>
#include <asm/psci.h>

#define VERSION_1_0 0x10000
#define MIGRATE_NOT_NEEDED 2

enum psci_answer {
    PSCI_SUCCESS = 0,
    PSCI_NOT_SUPPORTED = -1,
    PSCI_INVALID_PARAMETERS = -2,
    PSCI_ALREADY_ON = -4,
    PSCI_ON_PENDING = -5,
};

static struct vcpu *find_vcpu(uint64_t mpidr)
{
    for (unsigned int i = 0; i < nr_vcpus(); i++) {
        if (vcpu_of(i)->mpidr == mpidr) {
            return vcpu_of(i);
        }
    }
    return NULL;
}

static long serve_cpu_on(uint64_t mpidr, uint64_t pc, uint64_t x0)
{
    struct vcpu *target = find_vcpu(mpidr);
    uint32_t state = VCPU_OFF;

    if (target == NULL) {
        return PSCI_INVALID_PARAMETERS;
    }
    /* Taken, so that what is written next is one caller's. */
    if (!__atomic_compare_exchange_n(&target->start_state, &state,
                                     VCPU_ON_CLAIMED, false, __ATOMIC_ACQUIRE,
                                     __ATOMIC_RELAXED)) {
        return state == VCPU_ON ? PSCI_ALREADY_ON : PSCI_ON_PENDING;
    }
    target->start_pc = pc;
    target->start_x0 = x0;
    __atomic_store_n(&target->start_state, VCPU_ON_PENDING, __ATOMIC_RELEASE);
    vcpu_kick(target);
    return PSCI_SUCCESS;
}

static void serve_cpu_off(struct vcpu *v)
{
    v->is_running = false;
    __atomic_store_n(&v->start_state, VCPU_OFF, __ATOMIC_RELEASE);
}

static long serve_affinity_info(uint64_t mpidr, uint64_t level)
{
    const struct vcpu *target = find_vcpu(mpidr);

    if (target == NULL || level != 0) {
        return PSCI_INVALID_PARAMETERS;
    }
    switch (__atomic_load_n(&target->start_state, __ATOMIC_ACQUIRE)) {
    case VCPU_ON:
        return 0;
    case VCPU_OFF:
        return 1;
    default:
        return 2;
    }
}

static long serve_features(uint32_t function)
{
    switch (function & ~SMC64) {
    case PSCI_VERSION:
    case PSCI_CPU_SUSPEND:
    case PSCI_CPU_OFF:
    case PSCI_CPU_ON:
    case PSCI_AFFINITY_INFO:
    case PSCI_SYSTEM_OFF:
    case PSCI_SYSTEM_RESET:
    case SMCCC_VERSION:
        return PSCI_SUCCESS;
    default:
        return PSCI_NOT_SUPPORTED;
    }
}

/* Suspending is waiting for an interrupt, which the guest can do itself. */
bool psci_serve(struct vcpu *v)
{
    uint64_t *x = v->x;
    long answer = PSCI_NOT_SUPPORTED;

    switch (x[0] & ~(uint64_t)SMC64) {
    case PSCI_VERSION:
        answer = VERSION_1_0;
        break;
    case SMCCC_VERSION:
        answer = 0x10001;
        break;
    case PSCI_CPU_SUSPEND:
        answer = PSCI_SUCCESS;
        break;
    case PSCI_CPU_OFF:
        serve_cpu_off(v);
        return true;
    case PSCI_CPU_ON:
        answer = serve_cpu_on(x[1], x[2], x[3]);
        break;
    case PSCI_AFFINITY_INFO:
        answer = serve_affinity_info(x[1], x[2]);
        break;
    case PSCI_MIGRATE_INFO_TYPE:
        answer = MIGRATE_NOT_NEEDED;
        break;
    case PSCI_SYSTEM_OFF:
        printk(XENLOG_INFO "dom0 powers the machine off\n");
        psci_system_off();
    case PSCI_SYSTEM_RESET:
        printk(XENLOG_INFO "dom0 resets the machine\n");
        psci_system_reset();
    case PSCI_FEATURES:
        answer = serve_features(x[1]);
        break;
    default:
        break;
    }
    x[0] = answer;
    return true;
}
