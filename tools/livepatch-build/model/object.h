/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A relocatable object as the compiler left it: sections, symbols, relocations,
 * read by libelf and checked once, so that every index and offset that it hands
 * out lies inside. What the sections mean is said by the files above this one;
 * they hang what they find (pieces, references) on it.
 *
 * Source: System V gABI chapters 4 and 5; psABI x86-64; AAELF64.
 */
#ifndef BUILDER_OBJECT_H
#define BUILDER_OBJECT_H

#include <gelf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"

struct object;
struct piece;
struct machine;

struct symbol {
    const char *name; /* "" when it has none */
    uint64_t value, size;
    uint32_t section; /* an index; 0: undefined or absolute */
    uint8_t type, binding;
    bool is_absolute;
};

struct relocation {
    uint64_t offset; /* in the section, with at least one byte there */
    int64_t addend;
    uint32_t type, symbol;
};

struct section {
    const char *name;
    uint32_t index, type;
    uint64_t flags, size, align, entry_size;
    const unsigned char *bytes;     /* `size` of them; NULL: all zero */
    struct relocation *relocations; /* by offset */
    size_t nr_relocations;
    struct piece *pieces; /* by start; see piece.h */
    size_t nr_pieces;
};

struct object {
    const char *path;
    const struct machine *machine;
    const char *file; /* of its FILE symbol; "" when there is none */
    struct section *sections;
    size_t nr_sections;
    struct symbol *symbols;
    size_t nr_symbols;
    struct arena arena;  /* lives as long as the object */
    uint32_t image_file; /* which of the hypervisor's; image/ sets it */
    void *image;         /* the file's bytes */
    size_t image_bytes;
    Elf *elf;
    struct object *twin; /* the other one; match/ sets it */
};

/*
 * Gives 0; or after a message on `err` that names the path and what disagreed
 * -EINVAL (not an object, or a broken one), -EOPNOTSUPP (another class, byte
 * order or machine than those known; bitcode), or what open() and read() said.
 * *object is then empty.
 */
int object_open(const char *path, struct object *object, FILE *err);
void object_close(struct object *object);

/* Whether the section is a part of the image when it is linked. */
bool section_is_loaded(const struct section *section);
bool section_is_text(const struct section *section);

/* name is PREFIX, or PREFIX and then a dot. */
bool section_is_named(const struct section *section, const char *prefix);

#endif
