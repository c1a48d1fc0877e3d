/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Writes or restores the trampolines of one payload. All that can fail is in
 * open, once, when the payload is loaded; the write itself copies prepared
 * bytes.
 */
#ifndef LP_PATCH_H
#define LP_PATCH_H

#include "payload.h"

/*
 * Gets ready to write the payload's changes, however often. -ENOMEM, -EINVAL,
 * -ENOSPC as arch_livepatch_window_open(), logged. Nothing is needed for a
 * payload without entries.
 */
int lp_patch_open(struct lp_payload *payload) __must_check;

/*
 * In the stopped region: put the new bytes in place, first entry to last, or
 * the old ones back, last to first.
 */
void lp_patch_write(const struct lp_payload *payload);
void lp_patch_restore(const struct lp_payload *payload);

/* Whether the new bytes of each change stand in the text, or the old ones.
 * Usable in the stopped region. */
bool lp_patch_stands(const struct lp_payload *payload, bool is_after);

void lp_patch_close(struct lp_payload *payload);

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
