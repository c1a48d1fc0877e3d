/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Spin locks. The hypervisor runs with interrupts and NMIs held off, so a
 * lock needs no irqsave form for its own safety; the names exist so that
 * code written for Xen compiles. A lock is held for short, bounded work only:
 * a pCPU that spins here does not answer the rendezvous.
 */
#ifndef XEN_SPINLOCK_H
#define XEN_SPINLOCK_H

#include <xen/types.h>
#include <asm/system.h>

typedef struct spinlock {
    bool held;
} spinlock_t;

#define SPIN_LOCK_UNLOCKED                                                     \
    {                                                                          \
        .held = false                                                          \
    }
#define DEFINE_SPINLOCK(l) spinlock_t l = SPIN_LOCK_UNLOCKED

static inline void spin_lock_init(spinlock_t *lock)
{
    lock->held = false;
}

/* True when the lock was free and is now ours. Acquire: pairs with the
 * release in spin_unlock(). */
static inline bool spin_trylock(spinlock_t *lock)
{
    return !__atomic_exchange_n(&lock->held, true, __ATOMIC_ACQUIRE);
}

static inline void spin_lock(spinlock_t *lock)
{
    while (!spin_trylock(lock)) {
        while (__atomic_load_n(&lock->held, __ATOMIC_RELAXED)) {
            cpu_relax();
        }
    }
}

static inline void spin_unlock(spinlock_t *lock)
{
    __atomic_store_n(&lock->held, false, __ATOMIC_RELEASE);
}

static inline bool spin_is_locked(const spinlock_t *lock)
{
    return __atomic_load_n(&lock->held, __ATOMIC_RELAXED);
}

#define spin_lock_irqsave(l, f) ((void)(f), spin_lock(l))
#define spin_unlock_irqrestore(l, f) ((void)(f), spin_unlock(l))

#endif
