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
#include "fake/sample_elf.h"

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

/* For this hypervisor: on it, 0x20; on top of that, 0x40; another build of the
 * first, 0x22. */
extern const struct sample_ids on_xen;
extern const struct sample_ids on_first;
extern const struct sample_ids reissue;

/* Make a payload to be broken; write d/NAME.livepatch. */
void make_payload(struct sample_elf *elf, struct sample_ids ids);
void put_payload(const char *name, struct sample_ids ids);
void put_payload_in(const char *folder, const char *name,
                    struct sample_ids ids);
void put_order(const char *lines);

/* Setup: an empty folder d, no state in s, a fresh fake. */
int start_sync(void **state);

/* The same, and d/fix1.livepatch, on_xen. */
int start_with_fix1(void **state);

/* xen-livepatch --state-dir s sync --dir d [option] */
const struct run *sync_with(const char *option);

/* Nothing is loaded but fix1, which that sync loads. */
void sync_loads_fix1(const char *option);

/* xen-livepatch -q --state-dir s --log log sync --dir d */
const struct run *sync_logged(void);

/* That loads a, on_xen, of which it keeps a copy; then its file is `reissue`.
 */
void sync_first_build(void);

/* The hypervisor lists these. */
void expect_listing(const struct fake_entry *entries, uint32_t nr);

/* It is asked to load d/NAME.livepatch, and does. */
void expect_load(const char *name);

/* It is asked to revert, or to unload, and does. */
void expect_revert(const char *name);
void expect_unload(const char *name);

/* The command's log has what was loaded in this boot, each on the one before:
 * the build-ids are named by their first bytes. */
void log_upload(const char *name, unsigned char own, unsigned char below);
void log_deed(const char *verb, const char *name);
void log_load(const char *name, unsigned char own, unsigned char below);

/* xen-livepatch --state-dir s --log log -n sync --dir d --vendor-dir v [option]
 */
const struct run *plan_with(const char *option);
void plan_is(const char *option, int outcome, const char *out, const char *err);

/* Only the first half, with this answer to the upload. */
void expect_upload_of(const char *name, int rc);

#endif
