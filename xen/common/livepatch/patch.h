/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Writes or restores the trampolines of one payload. All that can fail is in
 * prepare, before the pCPUs stop; the write itself copies prepared bytes.
 */
#ifndef LP_PATCH_H
#define LP_PATCH_H

#include "payload.h"

/* Prepared work for the stopped region. */
struct lp_patch {
    const struct livepatch_change *changes; /* the payload's */
    unsigned int nr;
    struct livepatch_window *window;
};

/*
 * Gets ready to write the payload's changes. -ENOMEM, -EINVAL as
 * arch_livepatch_window_open(). The changes must stay until finish. Nothing
 * is needed for a payload without entries.
 */
int lp_patch_prepare(const struct lp_payload *payload,
                     struct lp_patch *patch) __must_check;

/*
 * In the stopped region: put the new bytes in place, first entry to last, or
 * the old ones back, last to first.
 */
void lp_patch_write(const struct lp_patch *patch);
void lp_patch_restore(const struct lp_patch *patch);

void lp_patch_finish(struct lp_patch *patch);

/*
 * What text would read without the payload, which is in force: puts the bytes
 * that it replaced into the copy `bytes` of the nr bytes at `where`.
 */
void lp_patch_peel(const struct lp_payload *payload, const uint8_t *where,
                   unsigned int nr, uint8_t *bytes);

/*
 * What text would read with the payload, which is not in force: puts the bytes
 * that it will write over those of the copy. True when there are any.
 */
bool lp_patch_lay(const struct lp_payload *payload, const uint8_t *where,
                  unsigned int nr, uint8_t *bytes);

#endif
