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
 * or empty, or start with '#'. A line that names no payload, or one again, or
 * says something else, is passed over: folder->order_flaws tells of the first
 * ones and how many more there are. Gives 0, also when the file is not there;
 * -ENOMEM; or, after a message on `err`, -errno of reading it, -EINVAL for what
 * is no regular file.
 */
int order_file_read(const char *path, struct payload_folder *folder, FILE *err);

#endif
