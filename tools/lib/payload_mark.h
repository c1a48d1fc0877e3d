/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Puts into a payload's file what it is to be: its digest, or a signature.
 */
#ifndef TOOLS_PAYLOAD_MARK_H
#define TOOLS_PAYLOAD_MARK_H

#include "lib/payload_file.h"
#include "lib/signing_key.h"

/*
 * Exchanges *file, which is called `path` in messages, for one with a note:
 * signed by the key, or key NULL: with its digest. A note that was there goes.
 * 0, or after a message on `err` a negative errno; *file is as it was then.
 */
int payload_mark(const char *path, struct payload_file *file,
                 const struct signing_key *key, FILE *err);

#endif
