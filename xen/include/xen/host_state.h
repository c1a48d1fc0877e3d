/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A pCPU's way in and out of the host, as flush_tlb_all() and rcu_barrier()
 * see it.
 */
#ifndef XEN_HOST_STATE_H
#define XEN_HOST_STATE_H

/* After an exit from a guest; before the next entry, or before parking. */
void host_enter(void);
void host_leave(void);

/*
 * The pCPU holds no lock and no reference: joins a rendezvous, flushes its
 * TLB when asked to, and lets rcu_barrier() go on.
 */
void host_safe_point(void);

#endif
