/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hypervisor that a payload is for, as its xen-syms shows it: where each
 * thing of an object has gone, and what lies there. Names are compared as the
 * hypervisor's own table spells them.
 */
#ifndef BUILDER_IMAGE_H
#define BUILDER_IMAGE_H

#include "lib/elf_file.h"
#include "model/piece.h"

struct image;

struct image_symbol {
    const char *name; /* as the hypervisor's table spells it: NAME, FILE#NAME */
    uint64_t address, size;
    bool is_function;
    bool is_gone;      /* after boot: init text and data */
    bool is_ambiguous; /* the table has another one of this spelling */
};

/* Gives 0, or a negative errno after a message on `err`. */
int image_open(const char *path, struct image **image, FILE *err);
void image_close(struct image *image);

/* Where a function or variable of an object before the patch has gone: by its
 * name and the object's FILE symbol. NULL: it is not in the image. */
const struct image_symbol *image_find(const struct image *image,
                                      const struct piece *piece);

/* By the table's spelling; NULL. */
const struct image_symbol *image_find_name(const struct image *image,
                                           const char *name);

/* `nr` bytes as linked, or NULL: not all of them are in the file. */
const unsigned char *image_bytes(const struct image *image, uint64_t address,
                                 uint64_t nr);

const struct elf_file *image_elf(const struct image *image);

/* Of .note.gnu.build-id; NULL: it has none of 20 bytes. */
const unsigned char *image_build_id(const struct image *image);

#endif
