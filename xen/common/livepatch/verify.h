/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Whether a payload's file may be looked at: by its note, the keys of this
 * hypervisor and the policy (public/livepatch_signature.h, livepatch_keys.h).
 */
#ifndef LP_VERIFY_H
#define LP_VERIFY_H

#include <xen/livepatch_keys.h>

#include "elf.h"

/* Who says that a file is what it was made as. */
struct lp_voucher {
    const struct livepatch_key *key; /* NULL: nobody whose key is known */
    bool is_marked;                  /* there was a note, and it was right */
};

/*
 * Asks the file for what the policy wants; a note that is there must be right
 * whatever it wants. `elf` is an outline at least.
 *   -EPERM       the policy wants a note, or a signature, and there is none;
 *                a signature that none of the keys made (Linux: EKEYREJECTED)
 *   -ESRCH       no key of the signature's algorithm and size (ENOKEY)
 *   -EBADMSG     the digest is another
 *   -EINVAL, -EOPNOTSUPP  lp_signature_find()
 */
int lp_verify(const struct lp_elf *elf,
              struct lp_voucher *voucher) __must_check;

/* For a line about a payload: how it is marked. A key's id goes behind that. */
const char *lp_verify_words(const struct lp_voucher *voucher);

#endif
