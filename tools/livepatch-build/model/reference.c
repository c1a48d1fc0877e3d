// SPDX-License-Identifier: GPL-2.0
/*
 * What a relocation leads to. The compiler names the same place by a symbol, by
 * its section, or by a section and an addend that counts from somewhere else:
 * here each becomes a piece and a distance from its start.
 *
 * Where a distance is counted from: in code from the end of the instruction; in
 * a bug frame from the start of the frame, with bits of the line above bit 23;
 * in other tables that tell of text from the field; in data from the start of
 * the table (switch tables).
 */
#include "model/reference.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/memory.h"
#include "base/name_table.h"
#include "model/machine.h"
#include "model/special.h"

#define LINE_SHIFT 24
#define COLD ".cold"

struct finder {
    struct object *object;
    FILE *err;
};

int64_t reference_addend(const struct reference *reference)
{
    return reference->distance + reference->bias;
}

static int64_t sign_extended(int64_t value, unsigned int bits)
{
    const unsigned int unused = 64 - bits;

    return (int64_t)((uint64_t)value << unused) >> unused;
}

/* What of the addend is not the place. */
static int64_t bias_of(const struct piece *piece,
                       const struct relocation *relocation, uint8_t tail)
{
    const struct object *object = piece->object;
    const struct field field = object->machine->field(relocation->type);
    const int64_t in_piece = (int64_t)(relocation->offset - piece->start);
    const struct special *special = special_of(object, piece->section);

    if (field.kind != FIELD_DISTANCE) {
        return 0;
    }
    if (special && special->is_bug_frame) {
        const int64_t place =
            sign_extended(relocation->addend - in_piece, LINE_SHIFT);

        return relocation->addend - place;
    }
    if (special) {
        return 0;
    }
    return section_is_text(piece->section) ? -(int64_t)tail : in_piece;
}

/* An entry that leads to a piece of text of no bytes: another one of some,
 * which is another function's, may start there as well. */
static bool leads_to_nothing(const struct piece *piece,
                             const struct reference *reference)
{
    const struct special *special = special_of(piece->object, piece->section);

    return special && piece->kind == PIECE_ENTRY && special->snippet_length &&
           special->snippet_length < piece->size &&
           reference->offset == special->snippet_field &&
           piece_bytes(piece)[special->snippet_length] == 0;
}

/* Of those that start where this one does the first: shorter ones are before.
 */
static struct piece *first_at(const struct section *section,
                              struct piece *piece)
{
    while (piece > section->pieces && piece[-1].start == piece->start) {
        piece--;
    }
    return piece;
}

static int lead(struct finder *finder, const struct piece *piece,
                const struct relocation *relocation,
                struct reference *reference)
{
    struct object *object = finder->object;
    const struct symbol *symbol = &object->symbols[relocation->symbol];
    const int64_t place = relocation->addend - reference->bias;
    struct section *section = &object->sections[symbol->section];

    reference->distance = place;
    reference->symbol = symbol;
    if (symbol->section == 0) {
        return 0;
    }
    if (symbol->type != STT_SECTION) {
        reference->target = piece_at(section, symbol->value);
    } else if (section->nr_pieces == 1) {
        reference->target = &section->pieces[0];
    } else if (place >= 0 && (uint64_t)place <= section->size) {
        reference->target = piece_at(section, (uint64_t)place);
    } else if (section->nr_pieces > 0) {
        /* Not a place of it: reckoned from its start (assembler: the address
         * less that of where the image is linked). */
        reference->target = &section->pieces[0];
    }
    if (!reference->target) {
        fprintf(finder->err,
                "%s: section '%s', byte %#lx: refers to byte %#lx of section "
                "'%s', where nothing is known to lie\n",
                object->path, piece->section->name, relocation->offset,
                (uint64_t)place + symbol->value, section->name);
        return -EOPNOTSUPP;
    }
    if (leads_to_nothing(piece, reference)) {
        reference->target = first_at(section, reference->target);
    }
    reference->distance += (int64_t)(symbol->value - reference->target->start);
    reference->target->nr_users++;
    return 0;
}

static int find_in_piece(struct finder *finder, struct piece *piece,
                         size_t first, size_t last, const uint8_t *tails)
{
    const struct section *section = piece->section;

    piece->references = arena_take(&finder->object->arena, last - first,
                                   sizeof(*piece->references));
    piece->nr_references = last - first;
    for (size_t i = first; i < last; i++) {
        const struct relocation *relocation = &section->relocations[i];
        struct reference *reference = &piece->references[i - first];
        int rc;

        reference->offset = (uint32_t)(relocation->offset - piece->start);
        reference->type = relocation->type;
        reference->bias = bias_of(piece, relocation, tails[i]);
        rc = lead(finder, piece, relocation, reference);
        if (rc) {
            return rc;
        }
    }
    return 0;
}

static int find_in_section(struct finder *finder, struct section *section)
{
    uint8_t *tails = must_alloc_items(section->nr_relocations, 1);
    size_t next = 0;
    int rc = 0;

    if (section_is_text(section)) {
        finder->object->machine->find_tails(section, tails);
    }
    for (size_t i = 0; i < section->nr_pieces && !rc; i++) {
        struct piece *piece = &section->pieces[i];
        size_t first;

        while (next < section->nr_relocations &&
               section->relocations[next].offset < piece->start) {
            next++;
        }
        first = next;
        while (next < section->nr_relocations &&
               section->relocations[next].offset < piece->start + piece->size) {
            next++;
        }
        rc = find_in_piece(finder, piece, first, next, tails);
    }
    free(tails);
    return rc;
}

static void own(struct piece *owner, struct piece *piece)
{
    if (owner == piece || piece->owner) {
        return;
    }
    piece->owner = owner;
    piece->next_owned = owner->owned;
    owner->owned = piece;
}

/* An entry belongs to the function that its first reference leads to, and what
 * the others lead to among snippets belongs to it as well. One that leads to a
 * snippet belongs to whom that does: those are `last`. */
static void own_entry(struct piece *entry, bool is_last)
{
    struct piece *owner =
        entry->nr_references ? entry->references[0].target : NULL;

    if (!owner || owner->kind == PIECE_ENTRY ||
        (owner->kind == PIECE_SNIPPET) != is_last) {
        return;
    }
    while (owner->owner) {
        owner = owner->owner;
    }
    own(owner, entry);
    for (size_t i = 1; i < entry->nr_references; i++) {
        struct piece *target = entry->references[i].target;

        if (target && target->kind == PIECE_SNIPPET) {
            own(owner, target);
        }
    }
}

/* Snippets that functions lead to. */
static void own_snippets(struct object *object)
{
    for_each_piece(piece, object)
    {
        for (size_t i = 0;
             piece->kind == PIECE_FUNCTION && i < piece->nr_references; i++) {
            struct piece *target = piece->references[i].target;

            if (target && target->kind == PIECE_SNIPPET) {
                own(piece, target);
            }
        }
    }
}

/*
 * A constant that leads into the middle of a function's code is a table of its
 * labels, and holds for this code alone.
 */
static void own_labels(struct object *object)
{
    for_each_piece(piece, object)
    {
        for (size_t i = 0;
             piece->kind == PIECE_VARIABLE && !piece_is_writable(piece) &&
             i < piece->nr_references;
             i++) {
            const struct reference *reference = &piece->references[i];

            if (reference->target && reference->distance != 0 &&
                reference->target->kind == PIECE_FUNCTION) {
                own(reference->target, piece);
            }
        }
    }
}

static void own_cold_parts(struct object *object)
{
    struct name_table functions;

    name_table_open(&functions);
    for_each_piece(piece, object)
    {
        if (piece->kind == PIECE_FUNCTION) {
            name_table_add(&functions, piece_name(piece), piece);
        }
    }
    for_each_piece(piece, object)
    {
        const char *name = piece_name(piece);
        const size_t length = strlen(name);
        const size_t cold = strlen(COLD);
        struct piece *owner;

        if (piece->kind == PIECE_FUNCTION && length > cold &&
            strcmp(name + length - cold, COLD) == 0) {
            owner = name_table_find(&functions,
                                    arena_print(&object->arena, "%.*s",
                                                (int)(length - cold), name));
            if (owner) {
                own(owner, piece);
            }
        }
    }
    name_table_close(&functions);
}

/* Room for each is there by lead(), which has counted references. */
static void find_users(struct object *object)
{
    for_each_piece(target, object)
    {
        target->users = arena_take(&object->arena, target->nr_users,
                                   sizeof(struct piece *));
        target->nr_users = 0;
    }
    for_each_piece(user, object)
    {
        for (size_t i = 0; i < user->nr_references; i++) {
            struct piece *target = user->references[i].target;

            if (target && (target->nr_users == 0 ||
                           target->users[target->nr_users - 1] != user)) {
                target->users[target->nr_users++] = user;
            }
        }
    }
}

/* Last first, so that each owner's list is in the order of the object. */
static void own_entries(struct object *object, bool is_last)
{
    for (size_t s = object->nr_sections; s-- > 1;) {
        struct section *section = &object->sections[s];

        for (size_t i = section->nr_pieces; i-- > 0;) {
            if (section->pieces[i].kind == PIECE_ENTRY) {
                own_entry(&section->pieces[i], is_last);
            }
        }
    }
}

static void find_owners(struct object *object)
{
    own_snippets(object);
    own_entries(object, false);
    own_entries(object, true);
    own_labels(object);
    own_cold_parts(object);
}

int references_find(struct object *object, FILE *err)
{
    struct finder finder = {.object = object, .err = err};
    int rc = 0;

    for (size_t i = 1; i < object->nr_sections && !rc; i++) {
        rc = find_in_section(&finder, &object->sections[i]);
    }
    if (!rc) {
        find_users(object);
        find_owners(object);
    }
    return rc;
}
