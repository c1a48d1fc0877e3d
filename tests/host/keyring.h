/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The keys that the fake hypervisor believes, and what it asks for at least.
 */
#ifndef HOST_KEYRING_H
#define HOST_KEYRING_H

#include <xen/livepatch_keys.h>

/* From now on these, which must outlive their use; NULL: none, and nothing is
 * asked. */
void host_keyring(const struct livepatch_keyring *ring);

#endif
