// SPDX-License-Identifier: GPL-2.0
/*
 * Says at boot what is asked of payloads, and which keys are believed.
 */
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/livepatch_keys.h>

static int __init tell_keys(void)
{
    const struct livepatch_keyring *ring = livepatch_keyring();

    printk(XENLOG_INFO
           "livepatch: livepatch_verify=%s, at least %s is built in; %u keys\n",
           livepatch_policy_name(livepatch_policy()),
           livepatch_policy_name(ring->floor), ring->nr);
    for (unsigned int i = 0; i < ring->nr; i++) {
        const struct livepatch_key *key = &ring->key[i];

        printk(XENLOG_INFO "livepatch: key %s (%s, %u bits)\n", key->id,
               key->algorithm == LIVEPATCH_SIGNED_RSA ? "RSA" : "ECDSA P-256",
               key->algorithm == LIVEPATCH_SIGNED_RSA ? 8 * key->nr_number
                                                      : 256);
    }
    return 0;
}
__initcall(tell_keys);
