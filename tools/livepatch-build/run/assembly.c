// SPDX-License-Identifier: GPL-2.0
/*
 * Comparing objects of the assembler's, item after item.
 */
#include "run/assembly.h"

#include <string.h>

static bool ends_with(const char *text, const char *end)
{
    const size_t length = strlen(text);

    return length >= strlen(end) &&
           strcmp(text + length - strlen(end), end) == 0;
}

bool assembly_is(const struct object *object)
{
    return ends_with(object->file, ".S") || ends_with(object->file, ".s");
}

/* The next that is loaded, from number i on; NULL: none is left. */
static const struct section *next_loaded(const struct object *object, size_t *i)
{
    while (*i < object->nr_sections) {
        const struct section *section = &object->sections[(*i)++];

        if (section_is_loaded(section)) {
            return section;
        }
    }
    return NULL;
}

static const char *section_name_of(const struct object *object,
                                   const struct symbol *symbol)
{
    return object->sections[symbol->section].name;
}

static bool is_same_symbol(const struct object *before, const struct symbol *a,
                           const struct object *after, const struct symbol *b)
{
    return strcmp(a->name, b->name) == 0 && a->value == b->value &&
           a->size == b->size && a->type == b->type &&
           a->binding == b->binding && a->is_absolute == b->is_absolute &&
           (a->section == 0) == (b->section == 0) &&
           strcmp(section_name_of(before, a), section_name_of(after, b)) == 0;
}

static bool are_same_symbols(const struct object *before,
                             const struct object *after)
{
    if (before->nr_symbols != after->nr_symbols) {
        return false;
    }
    for (size_t i = 0; i < before->nr_symbols; i++) {
        if (!is_same_symbol(before, &before->symbols[i], after,
                            &after->symbols[i])) {
            return false;
        }
    }
    return true;
}

/* By number: the symbols are the same, one after the other. */
static bool are_same_relocations(const struct section *a,
                                 const struct section *b)
{
    if (a->nr_relocations != b->nr_relocations) {
        return false;
    }
    for (size_t i = 0; i < a->nr_relocations; i++) {
        const struct relocation *x = &a->relocations[i];
        const struct relocation *y = &b->relocations[i];

        if (x->offset != y->offset || x->addend != y->addend ||
            x->type != y->type || x->symbol != y->symbol) {
            return false;
        }
    }
    return true;
}

static bool are_same_bytes(const struct section *a, const struct section *b)
{
    if ((a->bytes == NULL) != (b->bytes == NULL)) {
        return false;
    }
    return a->bytes == NULL || memcmp(a->bytes, b->bytes, a->size) == 0;
}

static bool is_same_section(const struct section *a, const struct section *b)
{
    return strcmp(a->name, b->name) == 0 && a->type == b->type &&
           a->flags == b->flags && a->size == b->size && a->align == b->align &&
           a->entry_size == b->entry_size && are_same_bytes(a, b) &&
           are_same_relocations(a, b);
}

bool assembly_is_same(const struct object *before, const struct object *after)
{
    const struct section *a, *b;
    size_t i = 0, j = 0;

    if (before->machine != after->machine || !are_same_symbols(before, after)) {
        return false;
    }
    do {
        a = next_loaded(before, &i);
        b = next_loaded(after, &j);
        if ((a == NULL) != (b == NULL) || (a && !is_same_section(a, b))) {
            return false;
        }
    } while (a);
    return true;
}
