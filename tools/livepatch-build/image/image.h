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

/* Gives 0 and *image, or a negative errno after a message on `err`. */
int image_open(const char *path, struct image **image, FILE *err);
void image_close(struct image *image);

/* Where a function or variable of an object before the patch has gone: by its
 * name and the object's FILE symbol. NULL: it is not in the image. */
const struct image_symbol *image_find(const struct image *image,
                                      const struct piece *piece);

/* The same of any symbol of it that it defines. */
const struct image_symbol *image_find_symbol(const struct image *image,
                                             struct object *object,
                                             const struct symbol *symbol);

/* Whether the object is a part of the image: its FILE symbol is there, or it
 * has none. Members of archives that nothing needs are not, nor what is only
 * compiled to probe the compiler. The object is cut. */
bool image_has_object(const struct image *image, struct object *object);

/* The source files that the image tells of: of so many, the name of one, and
 * which one an object is of; SIZE_MAX: none, or it does not say. */
size_t image_nr_files(const struct image *image);
const char *image_file_name(const struct image *image, size_t file);
size_t image_file_of(const struct image *image, struct object *object);

/* By the table's spelling; NULL. */
const struct image_symbol *image_find_name(const struct image *image,
                                           const char *name);

/* What lies at an address, or the last before it; NULL. */
const struct image_symbol *image_before(const struct image *image,
                                        uint64_t address);

/* `nr` bytes as linked, or NULL: not all of them are in the file. */
const unsigned char *image_bytes(const struct image *image, uint64_t address,
                                 uint64_t nr);

/* They are in the image, but not in the file: it starts with zeros there. */
bool image_is_zero(const struct image *image, uint64_t address, uint64_t nr);

const struct elf_file *image_elf(const struct image *image);

/* Of .note.gnu.build-id; NULL: it has none of 20 bytes. */
const unsigned char *image_build_id(const struct image *image);

#endif
