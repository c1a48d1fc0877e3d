// SPDX-License-Identifier: GPL-2.0
/*
 * First the bytes, with what is filled in at link time left out; then, of what
 * is equal so far, the fields. A piece is looked up by its name; one without a
 * name is where the fields that lead to it say, and all have to say the same.
 * Each piece of the object is looked at once.
 *
 * Example: in `lea 0x1234(%rip),%rdi` with a relocation for a string the four
 * bytes 0x1234 are not compared. They say where the linker has put the string:
 * there it has to be, and any other field that leads to it has to say so too.
 */
#include "image/proof.h"

#include <stdlib.h>
#include <string.h>

#include "lib/memory.h"
#include "image/compiler.h"
#include "image/placed.h"
#include "model/machine.h"
#include "model/reference.h"

/* What is known of a piece; its `note` meanwhile. */
struct lesson {
    struct piece *piece;
    const struct symbol *user; /* its own, or of who leads to it */
    uint64_t address;
    bool is_known;
    /* On arm64 a page and the place in it come from two fields. */
    bool has_page, has_low;
    uint64_t page, low;
    int64_t page_addend;
    struct lesson *next;
};

struct comparer {
    struct proof *proof;
    struct object *object;
    struct lesson *first, **last; /* equal so far; their fields are to do */
    struct arena arena;
};

static struct disproof *grow(struct proof *proof)
{
    if (proof->nr == proof->room) {
        proof->room = proof->room ? 2 * proof->room : 64;
        proof->disproofs = must_resize(proof->disproofs, proof->room,
                                       sizeof(*proof->disproofs));
    }
    return &proof->disproofs[proof->nr++];
}

static struct disproof *add_disproof(struct comparer *comparer,
                                     enum disproof_kind kind,
                                     const struct symbol *symbol)
{
    struct proof *proof = comparer->proof;
    const struct image_symbol *found =
        image_find_symbol(proof->image, comparer->object, symbol);
    struct disproof *added = grow(proof);

    *added = (struct disproof){
        .kind = kind,
        .object = arena_print(&proof->arena, "%s", comparer->object->path),
        .symbol = found ? found->name
                        : arena_print(&proof->arena, "%s", symbol->name),
        .is_function = symbol->type != STT_OBJECT,
        .bytes = {symbol->size, found ? found->size : 0},
    };
    return added;
}

/* ---- pieces with a name ------------------------------------------------- */

static struct lesson *lesson_of(struct comparer *comparer, struct piece *piece)
{
    struct lesson *lesson = piece->note;

    if (!lesson) {
        lesson = arena_take(&comparer->arena, 1, sizeof(*lesson));
        lesson->piece = piece;
        piece->note = lesson;
    }
    return lesson;
}

static void take_up(struct comparer *comparer, struct lesson *lesson)
{
    *comparer->last = lesson;
    comparer->last = &lesson->next;
}

/* Names that the assembler and the linker throw away. */
static bool is_named(const struct piece *piece)
{
    return piece->symbol && strncmp(piece->symbol->name, ".L", 2) != 0 &&
           (piece->kind == PIECE_FUNCTION || piece->kind == PIECE_VARIABLE);
}

static void count(struct proof *proof, const struct piece *piece,
                  const struct image_symbol *symbol)
{
    if (piece->kind == PIECE_FUNCTION) {
        proof->nr_functions++;
        proof->function_bytes[0] += piece->symbol->size;
        proof->function_bytes[1] += symbol->size;
    } else {
        proof->nr_variables++;
    }
}

static void compare_named(struct comparer *comparer, struct piece *piece)
{
    struct proof *proof = comparer->proof;
    const struct image_symbol *symbol = image_find(proof->image, piece);
    struct lesson *lesson;
    uint64_t offset;

    if (!symbol) {
        add_disproof(comparer, DISPROOF_ABSENT, piece->symbol);
        return;
    }
    lesson = lesson_of(comparer, piece);
    lesson->user = piece->symbol;
    lesson->address = symbol->address;
    lesson->is_known = true;
    count(proof, piece, symbol);
    if (symbol->size != piece->symbol->size) {
        add_disproof(comparer, DISPROOF_SIZE, piece->symbol);
    } else if (!placed_is_equal(comparer->proof->image, piece, symbol->address,
                                &offset)) {
        add_disproof(comparer, DISPROOF_BYTES, piece->symbol)->offset = offset;
    } else {
        take_up(comparer, lesson);
    }
}

/* ---- pieces without ------------------------------------------------------ */

#define TEXT_BYTES_MOST 200

/* A string as the image has it, or NULL. */
static const char *text_at(struct comparer *comparer, uint64_t address)
{
    char text[TEXT_BYTES_MOST + 1] = "";
    size_t nr = 0;
    const unsigned char *byte;

    while (nr < TEXT_BYTES_MOST &&
           (byte = image_bytes(comparer->proof->image, address + nr, 1)) &&
           *byte) {
        text[nr++] = (char)*byte;
    }
    return nr ? arena_print(&comparer->proof->arena, "%s", text) : NULL;
}

static void disprove_unnamed(struct comparer *comparer,
                             const struct lesson *lesson, uint64_t offset)
{
    const struct piece *piece = lesson->piece;
    struct disproof *disproof =
        add_disproof(comparer, DISPROOF_TEXT, lesson->user);

    disproof->offset = offset;
    if (piece->kind == PIECE_STRING && piece->section->entry_size <= 1) {
        disproof->texts[0] =
            arena_print(&comparer->proof->arena, "%.*s",
                        (int)(piece->size < TEXT_BYTES_MOST ? piece->size
                                                            : TEXT_BYTES_MOST),
                        (const char *)piece_bytes(piece));
        disproof->texts[1] = text_at(comparer, lesson->address);
    }
}

/* Its address is known now. */
static void compare_unnamed(struct comparer *comparer, struct lesson *lesson)
{
    uint64_t offset;

    comparer->proof->nr_unnamed++;
    if (placed_is_equal(comparer->proof->image, lesson->piece, lesson->address,
                        &offset)) {
        take_up(comparer, lesson);
    } else {
        disprove_unnamed(comparer, lesson, offset);
    }
}

static void know(struct comparer *comparer, struct lesson *lesson,
                 uint64_t address)
{
    lesson->address = address;
    lesson->is_known = true;
    compare_unnamed(comparer, lesson);
}

/*
 * The low bits of where the piece starts follow from a place in a page; with
 * them a page is completed.
 */
static void teach(struct comparer *comparer, struct lesson *lesson,
                  struct field_address says, int64_t addend)
{
    const uint64_t page_mask = FIELD_PAGE_BYTES - 1;

    if (says.known == UINT64_MAX) {
        know(comparer, lesson, says.value - (uint64_t)addend);
        return;
    }
    if (says.known == page_mask && !lesson->has_low) {
        lesson->has_low = true;
        lesson->low = (says.value - (uint64_t)addend) & page_mask;
    } else if (says.known == ~page_mask && !lesson->has_page) {
        lesson->has_page = true;
        lesson->page = says.value;
        lesson->page_addend = addend;
    }
    if (lesson->has_low && lesson->has_page) {
        const uint64_t more = (uint64_t)lesson->page_addend;

        know(comparer, lesson,
             (lesson->page | ((lesson->low + more) & page_mask)) - more);
    }
}

static struct field_address says(const struct comparer *comparer,
                                 const struct lesson *lesson,
                                 const struct reference *reference)
{
    return placed_field(comparer->proof->image, lesson->piece, lesson->address,
                        reference);
}

/* Assembler's text may have names that are no function's. */
static void compare_labelled(struct comparer *comparer,
                             const struct symbol *label)
{
    struct object *object = comparer->object;
    struct piece *piece =
        piece_at(&object->sections[label->section], label->value);
    const struct image_symbol *symbol;
    struct lesson *lesson;

    if (!piece || piece->kind != PIECE_UNNAMED || piece->note) {
        return;
    }
    symbol = image_find_symbol(comparer->proof->image, object, label);
    if (symbol && !symbol->is_ambiguous) {
        lesson = lesson_of(comparer, piece);
        lesson->user = label;
        know(comparer, lesson, symbol->address - (label->value - piece->start));
    }
}

static void learn(struct comparer *comparer, const struct lesson *lesson)
{
    for (size_t i = 0; i < lesson->piece->nr_references; i++) {
        const struct reference *reference = &lesson->piece->references[i];
        struct lesson *target;

        if (!reference->target || is_named(reference->target)) {
            continue;
        }
        target = lesson_of(comparer, reference->target);
        if (!target->is_known) {
            target->user = lesson->user;
            teach(comparer, target, says(comparer, lesson, reference),
                  reference_addend(reference));
        }
    }
}

/* ---- fields ---------------------------------------------------------------
 */

/* Where the target starts in the image. */
static bool find_target(const struct comparer *comparer,
                        const struct reference *reference, uint64_t *address)
{
    const struct lesson *lesson =
        reference->target ? reference->target->note : NULL;
    const struct image_symbol *symbol;

    if (reference->target) {
        *address = lesson && lesson->is_known ? lesson->address : 0;
        return lesson && lesson->is_known;
    }
    if (reference->symbol->is_absolute) {
        *address = reference->symbol->value;
        return true;
    }
    symbol = image_find_name(comparer->proof->image, reference->symbol->name);
    *address = symbol ? symbol->address : 0;
    return symbol && !symbol->is_ambiguous;
}

/* What is there now, as far as the image has names. */
static const char *print_place(struct comparer *comparer, uint64_t address)
{
    struct proof *proof = comparer->proof;
    const struct image_symbol *symbol = image_before(proof->image, address);

    if (!symbol || (!image_bytes(proof->image, address, 1) &&
                    !image_is_zero(proof->image, address, 1))) {
        return arena_print(&proof->arena, "%#lx", address);
    }
    return arena_print(&proof->arena, "%s+%#lx", symbol->name,
                       address - symbol->address);
}

static void disprove_field(struct comparer *comparer,
                           const struct lesson *lesson,
                           const struct reference *reference, uint64_t found)
{
    struct arena *arena = &comparer->proof->arena;
    struct disproof *disproof =
        add_disproof(comparer, DISPROOF_PLACE, lesson->user);

    disproof->offset = reference->offset;
    disproof->texts[0] =
        arena_print(arena, "%s%+ld",
                    reference->target ? piece_name(reference->target)
                                      : reference->symbol->name,
                    reference->distance);
    disproof->texts[1] =
        print_place(comparer, found - (uint64_t)reference->bias);
}

static void compare_fields(struct comparer *comparer,
                           const struct lesson *lesson)
{
    for (size_t i = 0; i < lesson->piece->nr_references; i++) {
        const struct reference *reference = &lesson->piece->references[i];
        const struct field_address found = says(comparer, lesson, reference);
        uint64_t address;

        if (!found.known || !find_target(comparer, reference, &address)) {
            comparer->proof->nr_fields_unknown++;
            continue;
        }
        comparer->proof->nr_fields++;
        address += (uint64_t)reference_addend(reference);
        if ((address ^ found.value) & found.known) {
            disprove_field(comparer, lesson, reference, found.value);
            return;
        }
    }
}

/* ---- an object ------------------------------------------------------------
 */

static void compare_object(struct comparer *comparer)
{
    for_each_piece(piece, comparer->object)
    {
        if (is_named(piece)) {
            compare_named(comparer, piece);
        }
    }
    for (size_t i = 1; i < comparer->object->nr_symbols; i++) {
        const struct symbol *symbol = &comparer->object->symbols[i];

        if (symbol->type == STT_NOTYPE && symbol->section && symbol->name[0]) {
            compare_labelled(comparer, symbol);
        }
    }
    /* Grows while it is walked. */
    for (struct lesson *lesson = comparer->first; lesson;
         lesson = lesson->next) {
        learn(comparer, lesson);
    }
    for (struct lesson *lesson = comparer->first; lesson;
         lesson = lesson->next) {
        compare_fields(comparer, lesson);
    }
    for_each_piece(piece, comparer->object)
    {
        piece->note = NULL;
    }
}

static void count_absent(struct proof *proof, struct object *object)
{
    proof->nr_absent_objects++;
    for_each_piece(piece, object)
    {
        proof->nr_absent += is_named(piece);
    }
}

void proof_add(struct proof *proof, struct object *object)
{
    struct comparer comparer = {.proof = proof, .object = object};
    const char *compiler;
    size_t file;

    comparer.last = &comparer.first;
    if (object->machine->elf != image_elf(proof->image)->header.e_machine) {
        *grow(proof) = (struct disproof){
            .kind = DISPROOF_MACHINE,
            .object = arena_print(&proof->arena, "%s", object->path),
            .symbol = object->machine->name,
        };
        return;
    }
    if (!image_has_object(proof->image, object)) {
        count_absent(proof, object);
        return;
    }
    compiler = compiler_not_of_image(object, proof->image);
    if (compiler && !proof->other_compiler) {
        proof->other_compiler = arena_print(&proof->arena, "%s", compiler);
    }
    file = image_file_of(proof->image, object);
    if (file != SIZE_MAX) {
        proof->files_seen[file] = true;
    }
    arena_open(&comparer.arena);
    compare_object(&comparer);
    arena_close(&comparer.arena);
}

void proof_open(struct proof *proof, const struct image *image)
{
    *proof = (struct proof){
        .image = image,
        .files_seen =
            must_alloc_items(image_nr_files(image), sizeof(*proof->files_seen)),
    };
    arena_open(&proof->arena);
}

void proof_close(struct proof *proof)
{
    free(proof->disproofs);
    free(proof->files_seen);
    arena_close(&proof->arena);
    *proof = (struct proof){.nr = 0};
}
