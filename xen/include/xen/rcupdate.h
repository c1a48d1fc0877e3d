/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Waiting until nobody can still be reading something that was unlinked.
 *
 * A pCPU holds no reference while it is in the guest, parked, or between two
 * exits; readers therefore need no marking beyond not crossing such a point,
 * and the read-side names compile to nothing.
 */
#ifndef XEN_RCUPDATE_H
#define XEN_RCUPDATE_H

#define DEFINE_RCU_READ_LOCK(x) extern int rcu_unused_##x
#define rcu_read_lock(x) ((void)(x))
#define rcu_read_unlock(x) ((void)(x))

/* Returns when every other online pCPU has been in the guest, parked, or at
 * a safe point since the call. Not in the stopped window. */
void rcu_barrier(void);

#endif
