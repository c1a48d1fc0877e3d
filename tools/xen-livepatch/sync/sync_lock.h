/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One sync at a time on this machine: there is one hypervisor, wherever a sync
 * keeps its state.
 */
#ifndef XEN_LIVEPATCH_SYNC_LOCK_H
#define XEN_LIVEPATCH_SYNC_LOCK_H

/*
 * Keep other syncs out while the returned descriptor is open. -EWOULDBLOCK:
 * there is one, the process *holder (0: not known); or -errno of making the
 * file `path`, or the folder that it lies in.
 */
int sync_lock_take(const char *path, long *holder);

#endif
