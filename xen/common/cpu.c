// SPDX-License-Identifier: GPL-2.0
/*
 * The guard of cpu_online_map: one number, changed by compare-and-swap. The map
 * itself belongs to the architecture.
 */
#include <xen/cpu.h>

#define CHANGING (-1)

/* How many rely on the map, or CHANGING. */
static int nr_users;

bool get_cpu_maps(void)
{
    int seen = __atomic_load_n(&nr_users, __ATOMIC_RELAXED);

    while (seen != CHANGING) {
        /* Acquire: pairs with the release in cpu_hotplug_done(). */
        if (__atomic_compare_exchange_n(&nr_users, &seen, seen + 1, false,
                                        __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) {
            return true;
        }
    }
    return false;
}

void put_cpu_maps(void)
{
    /* Release: pairs with the acquire in cpu_hotplug_begin(). */
    __atomic_fetch_sub(&nr_users, 1, __ATOMIC_RELEASE);
}

bool cpu_hotplug_begin(void)
{
    int seen = 0;

    /* Acquire: pairs with the releases below and in put_cpu_maps(). */
    return __atomic_compare_exchange_n(&nr_users, &seen, CHANGING, false,
                                       __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

void cpu_hotplug_done(void)
{
    __atomic_store_n(&nr_users, 0, __ATOMIC_RELEASE);
}
