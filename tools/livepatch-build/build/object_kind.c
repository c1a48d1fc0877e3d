/* SPDX-License-Identifier: GPL-2.0 */
/* Magic numbers of object files. */
#include "build/object_kind.h"

#include <elf.h>
#include <string.h>

#include "build/file_bytes.h"

static enum object_kind elf_kind(const char *bytes, size_t nr)
{
    Elf64_Ehdr header;

    if (nr > EI_CLASS && bytes[EI_CLASS] == ELFCLASS32) {
        return OBJECT_ELF32;
    }
    if (nr < sizeof(header)) {
        return OBJECT_ELF_OTHER;
    }
    memcpy(&header, bytes, sizeof(header));
    return header.e_ident[EI_CLASS] == ELFCLASS64 &&
                   header.e_ident[EI_DATA] == ELFDATA2LSB &&
                   header.e_type == ET_REL
               ? OBJECT_ELF64
               : OBJECT_ELF_OTHER;
}

enum object_kind object_kind_of_bytes(const char *bytes, size_t nr)
{
    static const struct {
        const char *magic;
        enum object_kind kind;
    } kinds[] = {
        {"BC\xc0\xde", OBJECT_BITCODE},
        {"\xde\xc0\x17\x0b", OBJECT_BITCODE},
        {"!<arch>\n", OBJECT_ARCHIVE},
        {"!<thin>\n", OBJECT_ARCHIVE},
    };

    if (nr >= SELFMAG && memcmp(bytes, ELFMAG, SELFMAG) == 0) {
        return elf_kind(bytes, nr);
    }
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        size_t own = strlen(kinds[i].magic);

        if (nr >= own && memcmp(bytes, kinds[i].magic, own) == 0) {
            return kinds[i].kind;
        }
    }
    return OBJECT_OTHER;
}

enum object_kind object_kind_of(const char *path)
{
    struct file_bytes file;
    enum object_kind kind = OBJECT_OTHER;

    if (file_bytes_open(path, &file) == 0) {
        kind = object_kind_of_bytes(file.bytes, file.nr);
        file_bytes_close(&file);
    }
    return kind;
}

const char *object_kind_name(enum object_kind kind)
{
    static const char *const names[] = {
        [OBJECT_ELF64] = "an object",
        [OBJECT_ELF32] = "an object for 32 bits",
        [OBJECT_ELF_OTHER] = "an ELF file that is no relocatable object",
        [OBJECT_BITCODE] = "LLVM's bitcode",
        [OBJECT_ARCHIVE] = "an archive that no ar of the build made",
        [OBJECT_OTHER] = "no ELF file",
    };

    return names[kind];
}
