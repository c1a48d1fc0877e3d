/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An object in the making becomes the bytes of a file. Same sections, same
 * symbols: same bytes, whichever libelf it is.
 *
 * The payload's id is the SHA-1 of the whole file with zeros where the id and
 * digits of it are to be: two payloads of one id are equal.
 */
#ifndef BUILDER_FILE_H
#define BUILDER_FILE_H

#include <stdio.h>

#include "lib/payload_file.h"
#include "write/output.h"

/* How many there will be. */
uint64_t file_bytes(const struct output *output);

/* Gives 0 and *file, to be freed with payload_file_free(); or a negative errno
 * after a message on `err`. */
int file_make(const struct output *output, struct payload_file *file,
              FILE *err);

#endif
