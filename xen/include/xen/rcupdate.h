/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Waiting until nobody can still be reading something that was unlinked.
 *
 * A pCPU holds no reference while it is in the guest, parked, or between two
 * exits, and a reader never crosses such a point. The marks say where a reader
 * begins and ends, and all that this host needs of them is that the compiler
 * leaves what is read between them there. They nest; from any context.
 */
#ifndef XEN_RCUPDATE_H
#define XEN_RCUPDATE_H

#include <xen/compiler.h>

typedef struct rcu_read_lock {
} rcu_read_lock_t;

#define DEFINE_RCU_READ_LOCK(x) rcu_read_lock_t x

static inline void rcu_read_lock(rcu_read_lock_t *lock)
{
    (void)lock;
    barrier();
}

static inline void rcu_read_unlock(rcu_read_lock_t *lock)
{
    (void)lock;
    barrier();
}

/* Returns when every other online pCPU has been in the guest, parked, or at
 * a safe point since the call. Not in the stopped window. */
void rcu_barrier(void);

#endif
