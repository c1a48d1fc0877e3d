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
    const struct livepatch_change *changes;
    unsigned int nr;
    struct livepatch_window *window;
};

/*
 * Gets ready to write the payload's changes. -ENOMEM, -EINVAL as
 * arch_livepatch_window_open(). The changes must stay until finish.
 */
int lp_patch_prepare(const struct payload *payload,
                     struct lp_patch *patch) __must_check;

/*
 * Work for lp_rendezvous_run(), arg a struct lp_patch: put the new bytes in
 * place, first entry to last, or put the old ones back, last to first, so that
 * text that two entries share ends as it began. Always 0.
 */
int lp_patch_write(void *arg);
int lp_patch_restore(void *arg);

void lp_patch_finish(struct lp_patch *patch);

/* Notes the bytes that stand in the text now, to be restored by a revert. */
void lp_patch_save_old(struct payload *payload);

#endif
