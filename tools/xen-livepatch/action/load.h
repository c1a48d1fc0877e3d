/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Bringing a payload file into effect.
 */
#ifndef XEN_LIVEPATCH_LOAD_H
#define XEN_LIVEPATCH_LOAD_H

#include "lib/kept_id.h"
#include "session/session.h"

/*
 * Upload the file `path` as `name`, as upload_run() does, and apply it with
 * `flags` (PAYLOAD_APPLY_NODEPS). A payload that cannot be applied is unloaded
 * again, so that nothing is left behind. Gives the outcome of the step that
 * failed first.
 */
enum outcome load_run(struct session *session, const char *name,
                      const char *path, uint32_t flags,
                      const struct kept_id *expected);

#endif
