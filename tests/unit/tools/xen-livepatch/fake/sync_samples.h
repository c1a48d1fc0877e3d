/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Folders for sync: payloads with the build-ids that a test wants, and what the
 * hypervisor is expected to be asked about them. An id is named by its first
 * byte; the hypervisor's is 0x01.
 */
#ifndef TESTS_SYNC_SAMPLES_H
#define TESTS_SYNC_SAMPLES_H

#include "fake/fake_hypervisor.h"
#include "fake/run_command.h"

enum {
    UNLOAD = 1,
    REVERT = 2,
    APPLY = 3,
    CHECKED = 1,
    APPLIED = 2,
    THIS_XEN = 0x01,
};

struct sample_ids {
    unsigned char own;
    unsigned char below;
    unsigned char hypervisor; /* 0: it says none */
};

/* Write d/NAME.livepatch. */
void put_payload(const char *name, struct sample_ids ids);
void put_order(const char *lines);

/* Setup: an empty folder d, no state in s, a fresh fake. */
int start_sync(void **state);

/* xen-livepatch --state-dir s sync --dir d [option] */
const struct run *sync_with(const char *option);

/* The hypervisor lists these. */
void expect_listing(const struct fake_entry *entries, uint32_t nr);

/* It is asked to load d/NAME.livepatch, and does. */
void expect_load(const char *name);

/* Only the first half, with this answer to the upload. */
void expect_upload_of(const char *name, int rc);

#endif
