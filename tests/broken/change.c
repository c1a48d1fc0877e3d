// SPDX-License-Identifier: GPL-2.0
/*
 * Carries changes out in a copy of a good file, in which all places and numbers
 * are looked up, so that one change is not in the way of the next. A section or
 * symbol that the good file does not have ends the program: the row is wrong.
 */
#include "rows.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *symbol_name(const struct payload_file *file,
                               const Elf_Sym *symbol)
{
    return (const char *)file_content(file, ".strtab") + symbol->st_name;
}

static Elf_Sym *find_symbol(const struct payload_file *file, const char *name)
{
    const size_t nr =
        file_named_section(file, ".symtab")->sh_size / sizeof(Elf_Sym);

    for (uint32_t i = 1; i < nr; i++) {
        Elf_Sym *symbol = file_symbol(file, i);

        if (!strcmp(symbol_name(file, symbol), name)) {
            return symbol;
        }
    }
    fprintf(stderr, "broken payloads: no symbol %s\n", name);
    abort();
}

/* What number->plus is added to; `at` is the place of the change. */
static uint64_t base_of(const struct payload_file *good,
                        const struct number *number, size_t at,
                        unsigned int bytes)
{
    uint64_t old = 0;

    switch (number->from) {
    case FROM_NOTHING:
        return 0;
    case FROM_OLD:
        memcpy(&old, good->bytes + at, bytes);
        return old;
    case FROM_FILE:
        return good->size;
    case FROM_NR_SECTIONS:
        return file_header(good)->e_shnum;
    case FROM_SIZE:
        return file_named_section(good, number->name)->sh_size;
    case FROM_INDEX:
        return file_find_section(good, number->name);
    case FROM_NAME:
        return file_named_section(good, number->name)->sh_name;
    case FROM_STRING:
        return find_symbol(good, number->name)->st_name;
    case FROM_ALWAYS:
        return broken_feature_always();
    case FROM_SYMBOL:
        return (size_t)(find_symbol(good, number->name) - file_symbol(good, 0));
    }
    abort();
}

/* Where in the file the number goes. */
static size_t find_place(const struct payload_file *good,
                         const struct change *change)
{
    const uint8_t *part = good->bytes;

    switch (change->part) {
    case IN_SECTION:
        part = (uint8_t *)file_named_section(good, change->name);
        break;
    case IN_CONTENT:
        part = file_content(good, change->name);
        break;
    case IN_SYMBOL:
        part = (uint8_t *)find_symbol(good, change->name);
        break;
    default:
        break;
    }
    return (size_t)(part - good->bytes) + change->at;
}

static void set_length(struct payload_file *file, size_t size)
{
    uint8_t *bytes = calloc(1, size + !size);

    memcpy(bytes, file->bytes, min(size, file->size));
    free(file->bytes);
    *file = (struct payload_file){bytes, size};
}

static void make_change(const struct payload_file *good,
                        const struct change *change, struct payload_file *file)
{
    const size_t at = find_place(good, change);
    const uint64_t value =
        base_of(good, &change->number, at, change->bytes) + change->number.plus;

    if (change->part == IN_FILE) {
        set_length(file, value);
        return;
    }
    assert(change->bytes <= sizeof(value) && at + change->bytes <= file->size);
    memcpy(file->bytes + at, &value, change->bytes);
}

struct payload_file broken_change(const struct payload_file *good,
                                  const struct change *change)
{
    struct payload_file file = {malloc(good->size), good->size};

    memcpy(file.bytes, good->bytes, good->size);
    for (unsigned int i = 0; i < MAX_CHANGES; i++) {
        if (change[i].part > IN_BUILDER) {
            make_change(good, &change[i], &file);
        }
    }
    return file;
}
