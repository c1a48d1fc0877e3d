/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Bringing a payload file into the hypervisor, with the messages about it.
 */
#ifndef XEN_LIVEPATCH_UPLOAD_H
#define XEN_LIVEPATCH_UPLOAD_H

#include "session/session.h"

/*
 * Read the payload file at `path`, check it and `name`, upload it under that
 * name. Nothing is sent when a check fails. A dry run asks only whether the
 * name is free.
 */
enum outcome upload_run(struct session *session, const char *name,
                        const char *path);

#endif
