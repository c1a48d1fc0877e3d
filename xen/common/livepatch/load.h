/* SPDX-License-Identifier: GPL-2.0 */
/*
 * From the bytes of a file to a payload in the registry, or to nothing at all;
 * and back.
 */
#ifndef LP_LOAD_H
#define LP_LOAD_H

#include "registry.h"

/*
 * Loads bytes[0 .. size) as payload `name`, which is not in use, and adds it
 * to the registry as CHECKED. The bytes are not needed afterwards.
 *
 * Each step's errno passes through (docs/errors.md), and:
 *   -ENODATA     this hypervisor has no build-id to depend on
 *   -EINVAL      built for another hypervisor; an entry's old function, new
 *                function or name lies where it must not; metadata without NUL
 *   -EOPNOTSUPP  an entry of another version
 *   -ENOENT      an entry names a function that there is not
 *   -EEXIST      a payload with this build-id is loaded
 *   -EPERM       its build-id has been revoked (revoked.h)
 *   -ENOSPC      it revokes more than can be remembered
 */
int lp_load(struct registry_locked locked, const char *name, const void *bytes,
            size_t size) __must_check;

/* Takes a payload that is not in force out of the registry and frees it. */
void lp_unload(struct registry_locked locked, struct lp_payload *payload);

#endif
