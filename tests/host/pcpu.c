// SPDX-License-Identifier: GPL-2.0
/*
 * A pCPU sleeps on a count of events: a kick or a release adds one, and a pCPU
 * that has seen fewer does not go to sleep. So an event that comes after the
 * pCPU last looked is never lost.
 */
#include "pcpu.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

#include <xen/cpu.h>
#include <xen/lib.h>
#include <xen/livepatch.h>
#include <xen/livepatch_arch.h>
#include <xen/rcupdate.h>
#include <xen/smp.h>
#include <asm/system.h>

#include "clock.h"

struct pcpu {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint64_t events;    /* under lock */
    uint64_t seen;      /* under lock */
    bool must_stop;     /* under lock */
    unsigned int holds; /* places to be held at; atomic */
    unsigned int held;  /* places it is held at; atomic */
    unsigned int steps; /* places to be passed once; atomic */
    unsigned int delay_us[HOST_PLACE_NR];
    uint64_t passes;   /* safe points; atomic */
    bool is_asleep;    /* between safe points; atomic */
    uint32_t vcpu;     /* what it is said to run; atomic */
    uintptr_t address; /* what it is said to execute; atomic */
    unsigned long kicks;
    unsigned long syncs;
};

cpumask_t cpu_online_map = {{1}};

static struct pcpu pcpus[NR_CPUS] = {
    [0 ... NR_CPUS - 1] = {.lock = PTHREAD_MUTEX_INITIALIZER,
                           .changed = PTHREAD_COND_INITIALIZER}};
static _Thread_local unsigned int own_number;
static unsigned int nr_waiting;
static unsigned long nr_rcu_barriers;
static bool waiting_spins;
static void (*steer_others)(void);
static void (*work_between)(unsigned int cpu);
static void (*work_waiting)(unsigned int cpu);
static void (*work_at_id)(unsigned int cpu);

static void nap(void)
{
    usleep(50);
}

static void pass_place(struct pcpu *pcpu, enum host_place place)
{
    const unsigned int bit = 1u << place;
    const unsigned int us =
        __atomic_load_n(&pcpu->delay_us[place], __ATOMIC_RELAXED);

    if (us) {
        usleep(us);
    }
    if (!(__atomic_load_n(&pcpu->holds, __ATOMIC_ACQUIRE) & bit)) {
        return;
    }
    __atomic_fetch_or(&pcpu->held, bit, __ATOMIC_RELEASE);
    while ((__atomic_load_n(&pcpu->holds, __ATOMIC_ACQUIRE) & bit) &&
           !(__atomic_load_n(&pcpu->steps, __ATOMIC_ACQUIRE) & bit)) {
        nap();
    }
    __atomic_fetch_and(&pcpu->held, ~bit, __ATOMIC_RELEASE);
    __atomic_fetch_and(&pcpu->steps, ~bit, __ATOMIC_RELEASE);
}

void host_cpu_pass(enum host_place place)
{
    pass_place(&pcpus[own_number], place);
}

/* What interrupts asks for its own number too. */
static void be_interrupted_at_id(void)
{
    static _Thread_local bool is_interrupted;
    void (*work)(unsigned int) = __atomic_load_n(&work_at_id, __ATOMIC_ACQUIRE);

    if (work && !is_interrupted) {
        is_interrupted = true;
        work(own_number);
        is_interrupted = false;
    }
}

unsigned int smp_processor_id(void)
{
    be_interrupted_at_id();
    host_cpu_pass(HOST_AT_ID);
    return own_number;
}

void host_relax(void)
{
    host_clock_poll();
    if (own_number == 0 && steer_others) {
        steer_others();
    }
    sched_yield();
}

static void signal_event(struct pcpu *pcpu)
{
    pthread_mutex_lock(&pcpu->lock);
    pcpu->events++;
    pthread_cond_signal(&pcpu->changed);
    pthread_mutex_unlock(&pcpu->lock);
}

/* Sleeps until an event that was not seen yet; false when it is to stop. */
static bool await_event(struct pcpu *pcpu)
{
    bool goes_on;

    pthread_mutex_lock(&pcpu->lock);
    while (pcpu->events == pcpu->seen && !pcpu->must_stop) {
        pthread_cond_wait(&pcpu->changed, &pcpu->lock);
    }
    pcpu->seen = pcpu->events;
    goes_on = !pcpu->must_stop;
    pthread_mutex_unlock(&pcpu->lock);
    return goes_on;
}

void host_cpu_wake(unsigned int cpu)
{
    signal_event(&pcpus[cpu]);
}

void host_cpu_sleep(void)
{
    (void)await_event(&pcpus[own_number]);
}

static bool must_stop(struct pcpu *pcpu)
{
    bool stop;

    pthread_mutex_lock(&pcpu->lock);
    stop = pcpu->must_stop;
    pthread_mutex_unlock(&pcpu->lock);
    return stop;
}

/* What a pCPU does between two safe points. */
static bool run_guest(struct pcpu *pcpu)
{
    void (*work)(unsigned int) =
        __atomic_load_n(&work_between, __ATOMIC_ACQUIRE);
    bool goes_on;

    if (work) {
        work(own_number);
        return !must_stop(pcpu);
    }
    __atomic_store_n(&pcpu->is_asleep, true, __ATOMIC_SEQ_CST);
    goes_on = await_event(pcpu);
    pass_place(pcpu, HOST_AT_GUEST);
    __atomic_store_n(&pcpu->is_asleep, false, __ATOMIC_SEQ_CST);
    return goes_on;
}

static void *run_pcpu(void *arg)
{
    struct pcpu *pcpu = arg;

    own_number = pcpu - pcpus;
    do {
        pass_place(pcpu, HOST_AT_KICK);
        check_for_livepatch_work();
        __atomic_fetch_add(&pcpu->passes, 1, __ATOMIC_SEQ_CST);
    } while (run_guest(pcpu));
    return NULL;
}

static void start_pcpu(unsigned int cpu)
{
    struct pcpu *pcpu = &pcpus[cpu];

    pcpu->must_stop = false;
    pcpu->seen = pcpu->events;
    pcpu->holds = pcpu->held = pcpu->steps = 0;
    pcpu->is_asleep = false;
    pcpu->vcpu = cpu;
    pcpu->address = 0;
    for (unsigned int i = 0; i < HOST_PLACE_NR; i++) {
        host_cpu_delay(cpu, i, 0);
    }
    if (cpu && pthread_create(&pcpu->thread, NULL, run_pcpu, pcpu)) {
        abort();
    }
    cpumask_set_cpu(cpu, &cpu_online_map);
}

static void stop_pcpu(unsigned int cpu)
{
    struct pcpu *pcpu = &pcpus[cpu];

    pthread_mutex_lock(&pcpu->lock);
    pcpu->must_stop = true;
    pthread_cond_signal(&pcpu->changed);
    pthread_mutex_unlock(&pcpu->lock);
    pthread_join(pcpu->thread, NULL);
    cpumask_clear_cpu(cpu, &cpu_online_map);
}

bool host_cpu_set_online(unsigned int cpu, bool is_online)
{
    if (!cpu_hotplug_begin()) {
        return false;
    }
    if (is_online) {
        start_pcpu(cpu);
    } else {
        stop_pcpu(cpu);
    }
    cpu_hotplug_done();
    return true;
}

void host_cpus_start(unsigned int nr)
{
    for (unsigned int cpu = 0; cpu < nr; cpu++) {
        pcpus[cpu].kicks = pcpus[cpu].syncs = 0;
        BUG_ON(!host_cpu_set_online(cpu, true));
    }
    host_cpus_await_idle();
}

void host_cpus_stop(void)
{
    host_on_relax(NULL);
    host_cpus_spin(false);
    host_cpus_work(NULL);
    host_cpus_interrupt(NULL);
    host_cpus_interrupt_at_id(NULL);
    for (unsigned int cpu = 1; cpu < NR_CPUS; cpu++) {
        if (!cpu_online(cpu)) {
            continue;
        }
        __atomic_store_n(&pcpus[cpu].holds, 0, __ATOMIC_RELEASE);
        BUG_ON(!host_cpu_set_online(cpu, false));
    }
}

void host_cpu_hold(unsigned int cpu, enum host_place place)
{
    __atomic_fetch_or(&pcpus[cpu].holds, 1u << place, __ATOMIC_RELEASE);
}

void host_cpu_let_go(unsigned int cpu, enum host_place place)
{
    __atomic_fetch_and(&pcpus[cpu].holds, ~(1u << place), __ATOMIC_RELEASE);
}

void host_cpu_step(unsigned int cpu, enum host_place place)
{
    struct pcpu *pcpu = &pcpus[cpu];
    const unsigned int bit = 1u << place;

    __atomic_fetch_or(&pcpu->steps, bit, __ATOMIC_RELEASE);
    while (__atomic_load_n(&pcpu->steps, __ATOMIC_ACQUIRE) & bit) {
        nap();
    }
}

bool host_cpu_is_held(unsigned int cpu, enum host_place place)
{
    return __atomic_load_n(&pcpus[cpu].held, __ATOMIC_ACQUIRE) & 1u << place;
}

void host_cpu_await_held(unsigned int cpu, enum host_place place)
{
    while (!host_cpu_is_held(cpu, place)) {
        nap();
    }
}

void host_cpus_spin(bool spin)
{
    __atomic_store_n(&waiting_spins, spin, __ATOMIC_RELAXED);
}

void host_on_relax(void (*steer)(void))
{
    steer_others = steer;
}

void host_cpu_delay(unsigned int cpu, enum host_place place, unsigned int us)
{
    __atomic_store_n(&pcpus[cpu].delay_us[place], us, __ATOMIC_RELAXED);
}

void host_cpu_set_doing(unsigned int cpu, uint32_t vcpu, const void *address)
{
    __atomic_store_n(&pcpus[cpu].vcpu, vcpu, __ATOMIC_RELAXED);
    __atomic_store_n(&pcpus[cpu].address, (uintptr_t)address, __ATOMIC_RELAXED);
}

void host_cpus_work(void (*work)(unsigned int cpu))
{
    unsigned int cpu;

    __atomic_store_n(&work_between, work, __ATOMIC_RELEASE);
    for_each_online_cpu (cpu) {
        signal_event(&pcpus[cpu]);
    }
}

void host_cpus_interrupt(void (*work)(unsigned int cpu))
{
    __atomic_store_n(&work_waiting, work, __ATOMIC_RELEASE);
}

void host_cpus_interrupt_at_id(void (*work)(unsigned int cpu))
{
    __atomic_store_n(&work_at_id, work, __ATOMIC_RELEASE);
}

void host_cpus_await_idle(void)
{
    unsigned int cpu;

    for_each_online_cpu (cpu) {
        const struct pcpu *pcpu = &pcpus[cpu];

        while (cpu && !__atomic_load_n(&pcpu->is_asleep, __ATOMIC_SEQ_CST) &&
               !__atomic_load_n(&pcpu->held, __ATOMIC_SEQ_CST)) {
            nap();
        }
    }
}

unsigned int host_cpus_waiting(void)
{
    return __atomic_load_n(&nr_waiting, __ATOMIC_SEQ_CST);
}

unsigned long host_cpu_kicks(unsigned int cpu)
{
    return __atomic_load_n(&pcpus[cpu].kicks, __ATOMIC_SEQ_CST);
}

unsigned long host_cpu_syncs(unsigned int cpu)
{
    return __atomic_load_n(&pcpus[cpu].syncs, __ATOMIC_SEQ_CST);
}

unsigned long host_rcu_barriers(void)
{
    return __atomic_load_n(&nr_rcu_barriers, __ATOMIC_SEQ_CST);
}

/* A pCPU that sleeps between safe points, or has passed one since, cannot be
 * holding anything that it found before. */
void rcu_barrier(void)
{
    unsigned int cpu;

    __atomic_fetch_add(&nr_rcu_barriers, 1, __ATOMIC_SEQ_CST);
    for_each_online_cpu (cpu) {
        const struct pcpu *pcpu = &pcpus[cpu];
        const uint64_t passes =
            __atomic_load_n(&pcpu->passes, __ATOMIC_SEQ_CST);

        while (cpu != own_number &&
               !__atomic_load_n(&pcpu->is_asleep, __ATOMIC_SEQ_CST) &&
               __atomic_load_n(&pcpu->passes, __ATOMIC_SEQ_CST) == passes) {
            host_relax();
        }
    }
}

/* ---- the arch contract: quiesce ---------------------------------------- */

void arch_livepatch_kick(const cpumask_t *cpus)
{
    unsigned int cpu;

    for_each_cpu (cpu, cpus) {
        __atomic_fetch_add(&pcpus[cpu].kicks, 1, __ATOMIC_SEQ_CST);
        signal_event(&pcpus[cpu]);
    }
}

void arch_livepatch_release(const cpumask_t *cpus)
{
    unsigned int cpu;

    for_each_cpu (cpu, cpus) {
        signal_event(&pcpus[cpu]);
    }
}

void arch_livepatch_wait(void)
{
    struct pcpu *pcpu = &pcpus[own_number];
    void (*work)(unsigned int) =
        __atomic_load_n(&work_waiting, __ATOMIC_ACQUIRE);

    __atomic_fetch_add(&nr_waiting, 1, __ATOMIC_SEQ_CST);
    pass_place(pcpu, HOST_AT_WAIT);
    if (work) {
        work(own_number);
    }
    if (__atomic_load_n(&waiting_spins, __ATOMIC_RELAXED)) {
        sched_yield();
    } else {
        await_event(pcpu);
    }
    __atomic_fetch_sub(&nr_waiting, 1, __ATOMIC_SEQ_CST);
}

/* A guest is what a pCPU sleeps in. */
void arch_livepatch_locate(unsigned int cpu, struct livepatch_ext_late *late)
{
    const struct pcpu *other = &pcpus[cpu];

    *late = (struct livepatch_ext_late){
        .cpu = cpu,
        .where = __atomic_load_n(&other->is_asleep, __ATOMIC_SEQ_CST)
                     ? LIVEPATCH_EXT_IN_GUEST
                     : LIVEPATCH_EXT_IN_HYPERVISOR,
        .vcpu = __atomic_load_n(&other->vcpu, __ATOMIC_RELAXED),
        .address = __atomic_load_n(&other->address, __ATOMIC_RELAXED),
    };
}

void arch_livepatch_sync(void)
{
    struct pcpu *pcpu = &pcpus[own_number];

    pass_place(pcpu, HOST_AT_SYNC);
#if defined(__x86_64__)
    unsigned int leaf = 0, rest;

    /* Serialises: CPUID (AMD APM vol. 2, 7.6.1). */
    __asm__ __volatile__("cpuid"
                         : "+a"(leaf), "=b"(rest), "=c"(rest), "=d"(rest)
                         :
                         : "memory");
#elif defined(__aarch64__)
    __asm__ __volatile__("isb" ::: "memory");
#endif
    __atomic_fetch_add(&pcpu->syncs, 1, __ATOMIC_SEQ_CST);
}
