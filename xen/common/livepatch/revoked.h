/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Build-ids that a payload has called back, by `revokes=BUILD-ID` in its
 * metadata (.modinfo): from its UPLOAD on, until the machine is booted anew, no
 * payload of that id is loaded, and one that is loaded is not applied (again).
 * What is in force stays so: to take it back is an action of its own. It does
 * not matter what becomes of the payload that said so.
 */
#ifndef LP_REVOKED_H
#define LP_REVOKED_H

#include "registry.h"

/* How many there can be, and how long each: SHA-512's. */
#define LP_REVOKED_MOST 256
#define LP_REVOKED_ID_BYTES 64

/*
 * The metadata of a payload that is about to be published:
 *   -EINVAL  an id that is not 1 to 64 bytes in digits, or the payload's own
 *   -ENOSPC  with those that are new there would be more than LP_REVOKED_MOST;
 *            one that is named twice counts twice
 */
int lp_revoked_check(struct registry_locked locked,
                     const struct lp_payload *payload) __must_check;

/* Remembers what was checked. Not for a dry run. */
void lp_revoked_add(struct registry_locked locked,
                    const struct lp_payload *payload);

/* -EPERM, after a line in the log: the payload's build-id is revoked. */
int lp_revoked_check_id(struct registry_locked locked,
                        const struct lp_payload *payload) __must_check;

/* How many are remembered. */
unsigned int lp_revoked_count(struct registry_locked locked);

#endif
