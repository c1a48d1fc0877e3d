/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The file "order" of a folder: which payloads come first, and which of them
 * are applied without asking what lies below.
 */
#ifndef XEN_LIVEPATCH_ORDER_FILE_H
#define XEN_LIVEPATCH_ORDER_FILE_H

#include "sync/payload_folder.h"

/*
 * Read it from the folder `path` and give rank and flags to the payloads that
 * it names. Its lines are
 *     NAME [--nodeps]        the file's name, ".livepatch" may be left out
 * or empty, or start with '#'. Gives 0, also when it is not there; or, after a
 * message on `err`, -errno, -EINVAL for a line that names no payload, or one
 * twice.
 */
int order_file_read(const char *path, struct payload_folder *folder, FILE *err);

#endif
