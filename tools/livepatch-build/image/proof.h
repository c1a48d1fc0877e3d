/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The proof that objects, as built here, are what a given hypervisor was linked
 * from: each function and variable of theirs lies there, as large, with the
 * same bytes, and what was filled in when it was linked leads to what the
 * object says. Strings, constants and tables without a name are found by the
 * fields that lead to them, and compared as well. Objects are added one by one
 * and may be closed after; what differs is kept, with why that may be.
 */
#ifndef BUILDER_IMAGE_PROOF_H
#define BUILDER_IMAGE_PROOF_H

#include "image/image.h"

/* In the order of how much one tells. */
enum disproof_kind {
    DISPROOF_MACHINE, /* the object is for another one */
    DISPROOF_ABSENT,  /* the object is in the image, this is not */
    DISPROOF_SIZE,    /* bytes[0] in the object, bytes[1] in the image */
    DISPROOF_BYTES,   /* they differ, first at `offset` */
    DISPROOF_PLACE,   /* the field at `offset` leads elsewhere: to texts[1] */
    DISPROOF_TEXT,    /* what has no name, and is led to, differs: texts */
};

struct disproof {
    enum disproof_kind kind;
    const char *object; /* its path */
    const char *symbol; /* as the table spells it; of a text: who uses it */
    bool is_function;
    uint64_t offset;
    uint64_t bytes[2];
    /* In the object, in the image; NULL: nothing that can be shown. */
    const char *texts[2];
};

struct proof {
    const struct image *image;
    size_t nr_functions, nr_variables;   /* compared */
    uint64_t function_bytes[2];          /* of them, in objects, in the image */
    size_t nr_unnamed;                   /* strings, constants, tables: 〃 */
    size_t nr_fields, nr_fields_unknown; /* the latter were not compared */
    /* Objects that are not in the image, and what they hold. */
    size_t nr_absent_objects, nr_absent;
    struct disproof *disproofs;
    size_t nr, room;
    const char *other_compiler; /* of an object, not of the image; NULL: none */
    bool *files_seen;           /* of the image's source files */
    struct arena arena;
};

void proof_open(struct proof *proof, const struct image *image);
void proof_close(struct proof *proof);

/* An object that is cut. Sets `note` of its pieces, and clears it. */
void proof_add(struct proof *proof, struct object *object);

/*
 * Whether everything is equal that has to be: all but dates of the build and
 * the like, which differ in any two builds.
 */
bool proof_holds(const struct proof *proof);

/*
 * What was compared, and when it differs what that says of the compiler, its
 * options, the configuration or the source; then the most telling differences,
 * at most `nr_lines` of them. Lines of text.
 */
void proof_print(const struct proof *proof, size_t nr_lines, FILE *out);

#endif
