/* SPDX-License-Identifier: GPL-2.0 */
/* What kind of file an object is, told by its first bytes. */
#ifndef LIVEPATCH_BUILD_OBJECT_KIND_H
#define LIVEPATCH_BUILD_OBJECT_KIND_H

#include <stddef.h>

enum object_kind {
    OBJECT_ELF64, /* relocatable, little-endian: what can be compared */
    OBJECT_ELF32,
    OBJECT_ELF_OTHER, /* another type or byte order */
    OBJECT_BITCODE,   /* LLVM's: link-time optimization */
    OBJECT_ARCHIVE,
    OBJECT_OTHER, /* COFF and all else */
};

enum object_kind object_kind_of_bytes(const char *bytes, size_t nr);

/* OBJECT_OTHER for a file that cannot be read. */
enum object_kind object_kind_of(const char *path);

/* "an object for 32 bits" */
const char *object_kind_name(enum object_kind kind);

#endif
