// SPDX-License-Identifier: GPL-2.0
/*
 * Pieces are placed in the order of the plan. A piece is aligned as it was: by
 * its section if it begins that, else by the place that it has there. Example:
 * at 0x18 of a section that is aligned to 16 lies what is aligned to 8.
 *
 * What may share a place is put in order by what it holds, so that equals are
 * neighbours; all of them go where the first of them in the plan is.
 */
#include "write/layout.h"

#include <stdlib.h>
#include <string.h>

#include "lib/payload_elf.h"
#include "lib/memory.h"
#include "model/special.h"

/* Trampolines lead here: as compilers align functions. */
#define FUNCTION_ALIGN 16

struct place {
    const char *section;
    uint32_t type;
    uint64_t flags;
    bool is_packed; /* entries follow each other without gaps */
};

/* Where a piece goes, and its equal that goes before it. */
struct sharer {
    struct inclusion *inclusion;
    struct sharer *first; /* itself, when there is none */
    struct place place;
    uint64_t align; /* of the first, that of all */
};

static bool is_read_by_loader(const struct piece *piece)
{
    return section_is_named(piece->section, ".livepatch") ||
           section_is_named(piece->section, ".modinfo") ||
           special_of(piece->object, piece->section);
}

static struct place place_of(const struct plan *plan, const struct piece *piece)
{
    const char *name = piece->section->name;

    if (is_read_by_loader(piece)) {
        const bool is_writable =
            plan->has_writable_funcs && strcmp(name, SECTION_FUNCS) == 0;

        return (struct place){name, SHT_PROGBITS,
                              SHF_ALLOC | (is_writable ? SHF_WRITE : 0), true};
    }
    if (strcmp(name, ".altinstr_replacement") == 0) {
        return (struct place){name, SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR,
                              false};
    }
    if (section_is_text(piece->section)) {
        return (struct place){".text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR,
                              false};
    }
    if (piece_is_writable(piece)) {
        return piece->section->bytes
                   ? (struct place){".data", SHT_PROGBITS,
                                    SHF_ALLOC | SHF_WRITE, false}
                   : (struct place){".bss", SHT_NOBITS, SHF_ALLOC | SHF_WRITE,
                                    false};
    }
    return (struct place){piece->kind == PIECE_STRING ? ".rodata.str"
                                                      : ".rodata",
                          SHT_PROGBITS, SHF_ALLOC, false};
}

static uint64_t align_of(const struct piece *piece, const struct place *place)
{
    const uint64_t lowest = piece->start & -piece->start;
    uint64_t align = piece->section->align;

    if (place->is_packed) {
        return 1; /* see align_table() */
    }
    if (lowest && lowest < align) {
        align = lowest;
    }
    if (piece->kind == PIECE_FUNCTION && align < FUNCTION_ALIGN) {
        align = FUNCTION_ALIGN;
    }
    return align;
}

static bool may_share(const struct piece *piece)
{
    return (piece->kind == PIECE_STRING || piece->kind == PIECE_CONSTANT) &&
           piece->nr_references == 0 && piece_bytes(piece) &&
           !piece_is_writable(piece);
}

static int by_content(const void *a, const void *b)
{
    const struct sharer *one = *(struct sharer *const *)a;
    const struct sharer *other = *(struct sharer *const *)b;
    const struct piece *left = one->inclusion->piece;
    const struct piece *right = other->inclusion->piece;
    int order = strcmp(one->place.section, other->place.section);

    if (!order && left->size != right->size) {
        order = left->size > right->size ? 1 : -1;
    }
    if (!order) {
        order = memcmp(piece_bytes(left), piece_bytes(right), left->size);
    }
    return order ? order : (one > other) - (one < other);
}

static bool is_equal(struct sharer *one, struct sharer *other)
{
    const struct piece *left = one->inclusion->piece;
    const struct piece *right = other->inclusion->piece;

    return strcmp(one->place.section, other->place.section) == 0 &&
           left->size == right->size &&
           memcmp(piece_bytes(left), piece_bytes(right), left->size) == 0;
}

static void find_equals(struct sharer *sharers, size_t nr)
{
    struct sharer **sorted = must_alloc_items(nr + 1, sizeof(void *));
    size_t nr_sorted = 0;

    for (size_t i = 0; i < nr; i++) {
        if (may_share(sharers[i].inclusion->piece)) {
            sorted[nr_sorted++] = &sharers[i];
        }
    }
    qsort(sorted, nr_sorted, sizeof(void *), by_content);
    for (size_t i = 1; i < nr_sorted; i++) {
        struct sharer *first = sorted[i - 1]->first;

        if (is_equal(first, sorted[i])) {
            sorted[i]->first = first;
            if (first->align < sorted[i]->align) {
                first->align = sorted[i]->align;
            }
        }
    }
    free(sorted);
}

/* Its entries are aligned when its start is: they are as long as that wants. */
static void align_table(struct output *output, uint32_t section,
                        const struct piece *entry)
{
    struct output_section *table = &output->sections[section];

    if (table->align < entry->section->align) {
        table->align = entry->section->align;
    }
}

static void place(struct output *output, struct sharer *sharer)
{
    struct inclusion *inclusion = sharer->inclusion;
    const struct piece *piece = inclusion->piece;
    const unsigned char *bytes = piece_bytes(piece);

    if (sharer->first != sharer) {
        inclusion->section = sharer->first->inclusion->section;
        inclusion->offset = sharer->first->inclusion->offset;
        return;
    }
    inclusion->section = output_section(
        output, sharer->place.section, sharer->place.type, sharer->place.flags);
    inclusion->offset =
        output_room(output, inclusion->section, piece->size, sharer->align);
    if (bytes && piece->size) {
        output_put(output, inclusion->section, inclusion->offset, bytes,
                   piece->size);
    }
    if (sharer->place.is_packed) {
        align_table(output, inclusion->section, piece);
    }
}

void layout_make(struct plan *plan, struct output *output)
{
    struct sharer *sharers =
        must_alloc_items(plan->nr_inclusions + 1, sizeof(*sharers));

    for (size_t i = 0; i < plan->nr_inclusions; i++) {
        struct sharer *sharer = &sharers[i];

        sharer->inclusion = &plan->inclusions[i];
        sharer->first = sharer;
        sharer->place = place_of(plan, sharer->inclusion->piece);
        sharer->align = align_of(sharer->inclusion->piece, &sharer->place);
    }
    find_equals(sharers, plan->nr_inclusions);
    for (size_t i = 0; i < plan->nr_inclusions; i++) {
        place(output, &sharers[i]);
    }
    free(sharers);
    /* Xen wants the code of alternatives, though it may be none. */
    if (output_find(output, ".altinstructions")) {
        output_section(output, ".altinstr_replacement", SHT_PROGBITS,
                       SHF_ALLOC | SHF_EXECINSTR);
    }
}
