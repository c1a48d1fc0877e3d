/* SPDX-License-Identifier: GPL-2.0 */
/*
 * pCPUs as threads. The program's first thread is pCPU 0; each other one runs
 * a loop that passes a safe point (check_for_livepatch_work()), does what the
 * test gave it to do, and sleeps until it is kicked. A test can hold or delay
 * a pCPU at the places below.
 */
#ifndef HOST_PCPU_H
#define HOST_PCPU_H

#include <xen/types.h>

enum host_place {
    HOST_AT_KICK,  /* awake, before its safe point */
    HOST_AT_ID,    /* asking for its number: amid check_for_livepatch_work() */
    HOST_AT_CLOCK, /* looking at the clock, not counted in or out again */
    HOST_AT_WAIT,  /* counted in, about to wait for the end of the turn */
    HOST_AT_SYNC,  /* let go, about to synchronise its fetches */
    HOST_AT_GUEST, /* kicked, its guest not left yet */
    HOST_PLACE_NR
};

/* The calling thread's pCPU comes to the place. */
void host_cpu_pass(enum host_place place);

/* Brings pCPUs 0 .. nr-1 online (nr <= NR_CPUS), and takes all but 0 off.
 * No pCPU may be held when they stop. */
void host_cpus_start(unsigned int nr);
void host_cpus_stop(void);

/* Brings one pCPU online, or takes one that is not held offline; false when
 * somebody relies on the map of online pCPUs. Not for pCPU 0 and the caller's.
 */
bool host_cpu_set_online(unsigned int cpu, bool is_online);

/* The pCPU stays at the place when it gets there, until it is let go. */
void host_cpu_hold(unsigned int cpu, enum host_place place);
void host_cpu_let_go(unsigned int cpu, enum host_place place);

/* A pCPU that is held at the place goes on, to be held there again. */
void host_cpu_step(unsigned int cpu, enum host_place place);

/* Whether the pCPU is being held at the place; returns when it is. */
bool host_cpu_is_held(unsigned int cpu, enum host_place place);
void host_cpu_await_held(unsigned int cpu, enum host_place place);

/* The pCPU loses this time whenever it comes to the place; 0: no more. */
void host_cpu_delay(unsigned int cpu, enum host_place place, unsigned int us);

/* What arch_livepatch_locate() says of the pCPU: its vCPU (UINT32_MAX: none;
 * its own number unless set), what it executes (NULL: unknown). */
void host_cpu_set_doing(unsigned int cpu, uint32_t vcpu, const void *address);

/* Called at each turn of pCPU 0's spin loops: where a test steers the others
 * while the first pCPU waits for them. NULL: nothing. */
void host_on_relax(void (*steer)(void));

/* arch_livepatch_wait() returns at once, as it may, or sleeps (the default). */
void host_cpus_spin(bool spin);

/* What each pCPU but 0 does between safe points, instead of sleeping; NULL:
 * it sleeps. */
void host_cpus_work(void (*work)(unsigned int cpu));

/* For that work: sleeps until a kick, or a wake, that was not slept for yet;
 * wakes a pCPU that sleeps. */
void host_cpu_sleep(void);
void host_cpu_wake(unsigned int cpu);

/* What each pCPU does where it stands still in a rendezvous, as an NMI or a
 * machine check would make it; NULL: nothing. */
void host_cpus_interrupt(void (*work)(unsigned int cpu));

/* The same wherever one asks for its number: amid check_for_livepatch_work().
 */
void host_cpus_interrupt_at_id(void (*work)(unsigned int cpu));

/* Returns when every pCPU but 0 sleeps or is held. */
void host_cpus_await_idle(void);

/* pCPUs that are in arch_livepatch_wait() now. */
unsigned int host_cpus_waiting(void);

/* How often the pCPU was kicked, and has synchronised its fetches, since
 * host_cpus_start(). */
unsigned long host_cpu_kicks(unsigned int cpu);
unsigned long host_cpu_syncs(unsigned int cpu);

/* Calls of rcu_barrier() so far. */
unsigned long host_rcu_barriers(void);

#endif
