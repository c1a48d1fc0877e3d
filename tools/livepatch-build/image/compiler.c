// SPDX-License-Identifier: GPL-2.0
/*
 * Both GCC and clang put a string with their version into the section .comment,
 * and the linker keeps each different one once.
 */
#include "image/compiler.h"

#include <string.h>

#define SECTION ".comment"

/* The texts, NUL-terminated but for the last, which may not be; NULL. */
static const char *find_texts(const struct elf_file *elf, size_t *nr_bytes)
{
    const uint32_t index = elf_file_find(elf, SECTION);
    Elf64_Shdr section;

    *nr_bytes = 0;
    if (!index) {
        return NULL;
    }
    section = elf_file_section(elf, index);
    if (section.sh_type == SHT_NOBITS) {
        return NULL;
    }
    *nr_bytes = section.sh_size;
    return (const char *)elf_file_bytes(elf, &section);
}

/* The first text in `nr_bytes` bytes that ends there; NULL. */
static const char *next_text(const char *at, size_t nr_bytes)
{
    while (nr_bytes && !*at) {
        at++;
        nr_bytes--;
    }
    return nr_bytes && memchr(at, '\0', nr_bytes) ? at : NULL;
}

const char *compiler_of_image(const struct image *image)
{
    size_t nr_bytes;
    const char *texts = find_texts(image_elf(image), &nr_bytes);

    return texts ? next_text(texts, nr_bytes) : NULL;
}

static bool has_text(const char *texts, size_t nr_bytes, const char *text)
{
    const char *end = texts + nr_bytes;

    for (const char *at = texts; (at = next_text(at, (size_t)(end - at)));
         at += strlen(at)) {
        if (!strcmp(at, text)) {
            return true;
        }
    }
    return false;
}

static const struct section *comments_of(const struct object *object)
{
    for (size_t i = 1; i < object->nr_sections; i++) {
        if (!strcmp(object->sections[i].name, SECTION)) {
            return &object->sections[i];
        }
    }
    return NULL;
}

const char *compiler_not_of_image(const struct object *object,
                                  const struct image *image)
{
    const struct section *own = comments_of(object);
    size_t nr_bytes;
    const char *texts = find_texts(image_elf(image), &nr_bytes);
    const char *end;

    if (!own || !own->bytes || !texts) {
        return NULL;
    }
    end = (const char *)own->bytes + own->size;
    for (const char *at = (const char *)own->bytes;
         (at = next_text(at, (size_t)(end - at))); at += strlen(at)) {
        if (!has_text(texts, nr_bytes, at)) {
            return at;
        }
    }
    return NULL;
}

bool compiler_line_is_in_image(const struct image *image, const char *line)
{
    const struct elf_file *elf = image_elf(image);

    for (uint32_t i = 1; line[0] && i < elf->header.e_shnum; i++) {
        const Elf64_Shdr section = elf_file_section(elf, i);
        const unsigned char *bytes = elf_file_bytes(elf, &section);

        if ((section.sh_flags & SHF_ALLOC) && bytes &&
            memmem(bytes, section.sh_size, line, strlen(line) + 1)) {
            return true;
        }
    }
    return false;
}
