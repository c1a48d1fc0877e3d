/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which two folders a sync is about, and what is in them for the running
 * hypervisor.
 */
#ifndef XEN_LIVEPATCH_SYNC_FOLDERS_H
#define XEN_LIVEPATCH_SYNC_FOLDERS_H

#include "session/options.h"
#include "sync/crash_guard.h"
#include "sync/payload_folder.h"

/* Where the payloads are: the vendor's folder has one for each build-id. */
struct sync_folders {
    const char *admin;
    const char *vendor; /* NULL: none */
};

/* By the options --dir and --vendor-dir: --dir alone leaves the vendor's out.
 */
struct sync_folders sync_folders_of(const struct options *options);

/* payload_folder_read() for the hypervisor `running`, with what the guard holds
 * back marked as suspect. */
int sync_folders_read(const struct sync_folders *folders,
                      struct build_id running, const struct crash_guard *guard,
                      struct payload_folder *folder, FILE *err);

#endif
