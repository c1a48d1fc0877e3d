/* SPDX-License-Identifier: GPL-2.0 */
/*
 * dom0 starts and stops vCPUs, never pCPUs: those stay the hypervisor's, and
 * one whose vCPU is off waits for it to be started. The end of the machine is
 * the firmware's.
 */
#include <xen/lib.h>
#include <xen/smp.h>
#include <asm/psci.h>
#include <asm/smp.h>

#define PSCI_VERSION 0x84000000
#define PSCI_CPU_SUSPEND 0x84000001
#define PSCI_CPU_OFF 0x84000002
#define PSCI_CPU_ON 0x84000003
#define PSCI_AFFINITY_INFO 0x84000004
#define PSCI_MIGRATE_INFO_TYPE 0x84000006
#define PSCI_SYSTEM_OFF 0x84000008
#define PSCI_SYSTEM_RESET 0x84000009
#define PSCI_FEATURES 0x8400000a
#define SMCCC_VERSION 0x80000000
#define SMC64 0x40000000

#define VERSION_1_0 0x10000
#define MIGRATE_NOT_NEEDED 2

enum psci_answer {
    PSCI_SUCCESS = 0,
    PSCI_NOT_SUPPORTED = -1,
    PSCI_INVALID_PARAMETERS = -2,
    PSCI_ALREADY_ON = -4,
    PSCI_ON_PENDING = -5,
};

static long call_firmware(uint64_t function, uint64_t a1, uint64_t a2,
                          uint64_t a3)
{
    register uint64_t x0 __asm__("x0") = function;
    register uint64_t x1 __asm__("x1") = a1;
    register uint64_t x2 __asm__("x2") = a2;
    register uint64_t x3 __asm__("x3") = a3;

    __asm__ __volatile__("smc #0"
                         : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3)
                         :
                         : "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11",
                           "x12", "x13", "x14", "x15", "x16", "x17", "memory");
    return (int32_t)x0;
}

long psci_cpu_on(uint64_t mpidr, paddr_t entry, uint64_t x0)
{
    return call_firmware(PSCI_CPU_ON | SMC64, mpidr, entry, x0);
}

static void noreturn wait_for_the_end(void)
{
    for (;;) {
        __asm__ __volatile__("wfi");
    }
}

void noreturn psci_system_off(void)
{
    (void)call_firmware(PSCI_SYSTEM_OFF, 0, 0, 0);
    wait_for_the_end();
}

void noreturn psci_system_reset(void)
{
    (void)call_firmware(PSCI_SYSTEM_RESET, 0, 0, 0);
    wait_for_the_end();
}

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
