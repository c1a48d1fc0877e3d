/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A copy of an image in which a test breaks one thing, and the proof over it.
 */
#ifndef TESTS_BROKEN_IMAGE_H
#define TESTS_BROKEN_IMAGE_H

#include "image/proof.h"

struct broken_image {
    struct image *good;
    unsigned char *bytes; /* of the file */
    size_t nr_bytes;
};

/* Fails the test when there is none. */
void broken_image_open(struct broken_image *broken, const char *path);
void broken_image_close(struct broken_image *broken);

/* The byte of the copy that the linked address is. */
unsigned char *broken_image_at(struct broken_image *broken, uint64_t address);

/* What the name has, FILE#NAME; its first byte. */
unsigned char *broken_image_named(struct broken_image *broken,
                                  const char *name);

/* Replaces `old`, which is in the file, by as many bytes. */
void broken_image_replace(struct broken_image *broken, const char *old,
                          const char *new);

/* Writes the copy, and compares the objects with it: paths, then NULL. */
void broken_image_prove(const struct broken_image *broken,
                        const char *const objects[], struct proof *proof);

/* To be called when the proof has been looked at. */
void broken_image_end(struct proof *proof);

#endif
