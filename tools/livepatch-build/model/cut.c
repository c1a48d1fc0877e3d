// SPDX-License-Identifier: GPL-2.0
/*
 * Cutting sections into pieces: by symbols where there are any, else by what
 * the section holds. What each relocation leads to: reference.c.
 */
#include "model/piece.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/memory.h"
#include "model/entrances.h"
#include "model/machine.h"
#include "model/reference.h"
#include "model/special.h"

#define MOST_CHARACTER_BYTES 4

struct cutter {
    struct object *object;
    FILE *err;
    /* The symbols that name something, section by section, by value. */
    const struct symbol **named;
    size_t *first_named; /* of each section; one more than sections */
    struct entrances entrances;
};

/* Of a constant without a name, if the assembler was told to keep it. */
static bool is_label(const struct symbol *symbol)
{
    return symbol->type == STT_NOTYPE && symbol->binding == STB_LOCAL &&
           strncmp(symbol->name, ".LC", 3) == 0;
}

static bool names_something(const struct symbol *symbol)
{
    return symbol->section && (symbol->type == STT_FUNC ||
                               symbol->type == STT_OBJECT || is_label(symbol));
}

/* Of two at one place the first is a name, and that which others know. */
static int by_value(const void *a, const void *b)
{
    const struct symbol *one = *(const struct symbol *const *)a;
    const struct symbol *other = *(const struct symbol *const *)b;

    if (one->value != other->value) {
        return one->value > other->value ? 1 : -1;
    }
    if (is_label(one) != is_label(other)) {
        return is_label(one) ? 1 : -1;
    }
    if ((one->binding == STB_LOCAL) != (other->binding == STB_LOCAL)) {
        return one->binding == STB_LOCAL ? 1 : -1;
    }
    return (one > other) - (one < other);
}

static void sort_symbols(struct cutter *cutter)
{
    struct object *object = cutter->object;
    const size_t nr = object->nr_sections;
    size_t *first = arena_take(&object->arena, nr + 2, sizeof(*first));

    for (size_t i = 0; i < object->nr_symbols; i++) {
        if (names_something(&object->symbols[i])) {
            first[object->symbols[i].section + 2]++;
        }
    }
    for (size_t i = 2; i <= nr + 1; i++) {
        first[i] += first[i - 1];
    }
    cutter->named = arena_take(&object->arena, first[nr + 1], sizeof(void *));
    for (size_t i = 0; i < object->nr_symbols; i++) {
        if (names_something(&object->symbols[i])) {
            cutter->named[first[object->symbols[i].section + 1]++] =
                &object->symbols[i];
        }
    }
    cutter->first_named = first;
    for (size_t i = 0; i < nr; i++) {
        qsort(cutter->named + first[i], first[i + 1] - first[i], sizeof(void *),
              by_value);
    }
}

static void make_pieces(struct cutter *cutter, struct section *section,
                        size_t nr)
{
    section->pieces =
        arena_take(&cutter->object->arena, nr, sizeof(*section->pieces));
    section->nr_pieces = 0;
}

static void add_piece(struct cutter *cutter, struct section *section,
                      const struct piece *piece)
{
    struct piece *added = &section->pieces[section->nr_pieces++];

    *added = *piece;
    added->object = cutter->object;
    added->section = section;
}

static void cut_evenly(struct cutter *cutter, struct section *section,
                       uint64_t bytes, enum piece_kind kind)
{
    make_pieces(cutter, section, section->size / bytes);
    for (uint64_t at = 0; at + bytes <= section->size; at += bytes) {
        add_piece(cutter, section,
                  &(struct piece){.start = at, .size = bytes, .kind = kind});
    }
}

/* Behind the zero of the string that starts there, or where the section ends:
 * a last string without its zero is one, too. */
static uint64_t end_of_string(const struct section *section, uint64_t start,
                              uint64_t width)
{
    static const unsigned char zero[MOST_CHARACTER_BYTES];

    for (uint64_t at = start; width <= section->size - at; at += width) {
        if (memcmp(section->bytes + at, zero, width) == 0) {
            return at + width;
        }
    }
    return section->size;
}

/* Of characters of 1, 2 or 4 bytes. */
static void cut_strings(struct cutter *cutter, struct section *section)
{
    const uint64_t width = section->entry_size ? section->entry_size : 1;
    size_t nr = 0;
    uint64_t end;

    for (uint64_t start = 0; start < section->size; start = end) {
        end = end_of_string(section, start, width);
        nr++;
    }
    make_pieces(cutter, section, nr);
    for (uint64_t start = 0; start < section->size; start = end) {
        end = end_of_string(section, start, width);
        add_piece(cutter, section,
                  &(struct piece){.start = start,
                                  .size = end - start,
                                  .kind = PIECE_STRING});
    }
}

/*
 * Code reaches to the next function: past a function's own size lies what it
 * has put out of its way. Data ends where its symbol says.
 */
static uint64_t end_of(const struct cutter *cutter,
                       const struct section *section, size_t i, size_t last)
{
    const struct symbol *symbol = cutter->named[i];
    uint64_t end = section->size;

    for (size_t next = i + 1; next < last; next++) {
        if (cutter->named[next]->value > symbol->value) {
            end = cutter->named[next]->value;
            break;
        }
    }
    if (symbol->type == STT_OBJECT && symbol->size &&
        symbol->size < end - symbol->value) {
        end = symbol->value + symbol->size;
    }
    return end;
}

static enum piece_kind kind_of(const struct symbol *symbol)
{
    return symbol->type == STT_FUNC ? PIECE_FUNCTION
           : is_label(symbol)       ? PIECE_UNNAMED
                                    : PIECE_VARIABLE;
}

static void cut_by_symbols(struct cutter *cutter, struct section *section)
{
    const size_t first = cutter->first_named[section->index];
    const size_t last = cutter->first_named[section->index + 1];
    uint64_t end = 0;

    make_pieces(cutter, section, last - first + 1);
    if (cutter->named[first]->value > 0) { /* assembler's, or padding */
        add_piece(cutter, section,
                  &(struct piece){.size = cutter->named[first]->value,
                                  .kind = PIECE_UNNAMED});
    }
    for (size_t i = first; i < last; i++) {
        const struct symbol *symbol = cutter->named[i];

        if (symbol->value < end ||
            (i > first && symbol->value == cutter->named[i - 1]->value)) {
            continue; /* another name for it, or a part of it */
        }
        end = end_of(cutter, section, i, last);
        add_piece(cutter, section,
                  &(struct piece){.start = symbol->value,
                                  .size = end - symbol->value,
                                  .kind = kind_of(symbol),
                                  .symbol = is_label(symbol) ? NULL : symbol});
    }
}

static int by_start(const void *a, const void *b)
{
    const struct piece *one = a;
    const struct piece *other = b;

    if (one->start != other->start) {
        return one->start > other->start ? 1 : -1;
    }
    return (one->size > other->size) - (one->size < other->size);
}

/* The place in `section` that a relocation of a table leads to, with its length
 * if the entry says it; false: it is another field, or leads elsewhere. */
static bool find_snippet(const struct section *table,
                         const struct special *special,
                         const struct relocation *relocation,
                         const struct symbol *symbol, struct piece *found)
{
    const uint64_t entry_bytes = table->pieces[0].size;
    const uint64_t in_entry = relocation->offset % entry_bytes;
    const uint64_t start = symbol->value + (uint64_t)relocation->addend;
    const unsigned char *entry = table->bytes + relocation->offset - in_entry;

    if (in_entry != special->snippet_field || start > found->size) {
        return false;
    }
    *found = (struct piece){
        .start = start, .size = found->size - start, .kind = PIECE_SNIPPET};
    if (special->snippet_length && special->snippet_length < entry_bytes) {
        found->size = entry[special->snippet_length];
    }
    return true;
}

static size_t find_snippets_of(const struct object *object,
                               const struct section *table,
                               const struct section *section,
                               struct piece *found)
{
    const struct special *special = special_of(object, table);
    size_t nr = 0;

    if (!special || !special->snippet_field || !table->nr_pieces) {
        return 0;
    }
    for (size_t i = 0; i < table->nr_relocations; i++) {
        const struct relocation *relocation = &table->relocations[i];
        const struct symbol *symbol = &object->symbols[relocation->symbol];
        struct piece snippet = {.size = section->size};

        if (symbol->section == section->index &&
            find_snippet(table, special, relocation, symbol, &snippet)) {
            if (found) {
                found[nr] = snippet;
            }
            nr++;
        }
    }
    return nr;
}

/* The places in `section` that entries lead to: how many, and where `found` is
 * not NULL, which. */
static size_t find_snippets(struct cutter *cutter,
                            const struct section *section, struct piece *found)
{
    const struct object *object = cutter->object;
    size_t nr = 0;

    for (size_t s = 1; s < object->nr_sections; s++) {
        nr += find_snippets_of(object, &object->sections[s], section,
                               found ? found + nr : NULL);
    }
    return nr;
}

/* Equal starts are one piece, but for those of no bytes at all. */
static void cut_snippets(struct cutter *cutter, struct section *section)
{
    const size_t nr = find_snippets(cutter, section, NULL);
    struct piece *found = must_alloc_items(nr, sizeof(*found));

    find_snippets(cutter, section, found);
    qsort(found, nr, sizeof(*found), by_start);
    make_pieces(cutter, section, nr);
    for (size_t i = 0; i < nr; i++) {
        struct piece snippet = found[i];
        size_t next = i + 1;

        if (i > 0 && found[i - 1].start == snippet.start &&
            found[i - 1].size == snippet.size) {
            continue;
        }
        while (next < nr && found[next].start == snippet.start) {
            next++;
        }
        if (next < nr && found[next].start - snippet.start < snippet.size) {
            snippet.size = found[next].start - snippet.start;
        }
        if (snippet.size > section->size - snippet.start) {
            snippet.size = section->size - snippet.start;
        }
        add_piece(cutter, section, &snippet);
    }
    free(found);
}

static bool is_cut_by_symbols(const struct cutter *cutter,
                              const struct section *section)
{
    return cutter->first_named[section->index] !=
           cutter->first_named[section->index + 1];
}

static void find_entrances(struct cutter *cutter)
{
    const size_t nr = cutter->object->nr_sections;
    bool *is_nameless = must_alloc_items(nr, sizeof(*is_nameless));

    for (size_t i = 1; i < nr; i++) {
        const struct section *section = &cutter->object->sections[i];

        is_nameless[i] =
            section_is_text(section) && !is_cut_by_symbols(cutter, section);
    }
    entrances_find(&cutter->entrances, cutter->object, is_nameless);
    free(is_nameless);
}

/*
 * Code without names that functions of other sections jump to and that jumps
 * back: cut where another function's begins. False: it is not all of this kind.
 */
static bool cut_at_entrances(struct cutter *cutter, struct section *section)
{
    size_t nr;
    const struct entrance *entrances =
        entrances_of(&cutter->entrances, section, &nr);

    if (nr == 0 || entrances[0].start != 0 ||
        entrances[nr - 1].start >= section->size) {
        return false;
    }
    make_pieces(cutter, section, nr);
    for (size_t i = 0; i < nr;) {
        size_t next = i + 1;

        while (next < nr && (entrances[next].from == entrances[i].from ||
                             entrances[next].start == entrances[i].start)) {
            next++;
        }
        add_piece(
            cutter, section,
            &(struct piece){
                .start = entrances[i].start,
                .size = (next < nr ? entrances[next].start : section->size) -
                        entrances[i].start,
                .kind = PIECE_SNIPPET,
            });
        i = next;
    }
    return true;
}

static int cut_ordinary(struct cutter *cutter, struct section *section)
{
    if ((section->flags & SHF_STRINGS) &&
        section->entry_size <= MOST_CHARACTER_BYTES && section->bytes) {
        cut_strings(cutter, section);
    } else if ((section->flags & SHF_MERGE) && section->entry_size > 0 &&
               section->entry_size <= section->size && section->bytes) {
        cut_evenly(cutter, section, section->entry_size, PIECE_CONSTANT);
    } else if (is_cut_by_symbols(cutter, section)) {
        cut_by_symbols(cutter, section);
    } else if (!section_is_text(section) ||
               !cut_at_entrances(cutter, section)) {
        cut_evenly(cutter, section, section->size, PIECE_UNNAMED);
    }
    return 0;
}

/* What has no bytes may be referred to: an empty struct or array. */
static bool is_empty(const struct section *section)
{
    return (section->flags & SHF_ALLOC) && section->size == 0 &&
           (section->type == SHT_PROGBITS || section->type == SHT_NOBITS);
}

static void cut_empty(struct cutter *cutter, struct section *section)
{
    if (is_cut_by_symbols(cutter, section)) {
        cut_by_symbols(cutter, section);
    } else {
        make_pieces(cutter, section, 1);
        add_piece(cutter, section, &(struct piece){.kind = PIECE_UNNAMED});
    }
}

static int cut_table(struct cutter *cutter, struct section *section)
{
    uint64_t bytes;

    if (!section->bytes) {
        fprintf(cutter->err, "%s: section '%s': a table without content\n",
                cutter->object->path, section->name);
        return -EINVAL;
    }
    bytes = special_entry_bytes(cutter->object, section, cutter->err);
    if (!bytes) {
        return -EINVAL;
    }
    cut_evenly(cutter, section, bytes, PIECE_ENTRY);
    return 0;
}

/* Tables first: they say where snippets begin. */
int pieces_cut(struct object *object, FILE *err)
{
    struct cutter cutter = {.object = object, .err = err};
    int rc = 0;

    sort_symbols(&cutter);
    find_entrances(&cutter);
    for (size_t i = 1; i < object->nr_sections && !rc; i++) {
        struct section *section = &object->sections[i];

        if (!special_is_ignored(section) && special_of(object, section)) {
            rc = cut_table(&cutter, section);
        }
    }
    for (size_t i = 1; i < object->nr_sections && !rc; i++) {
        struct section *section = &object->sections[i];

        if (is_empty(section)) {
            cut_empty(&cutter, section);
            continue;
        }
        if (special_is_ignored(section) || special_of(object, section)) {
            continue;
        }
        if (special_is_snippets(section)) {
            cut_snippets(&cutter, section);
        } else {
            rc = cut_ordinary(&cutter, section);
        }
    }
    entrances_free(&cutter.entrances);
    return rc ? rc : references_find(object, err);
}
