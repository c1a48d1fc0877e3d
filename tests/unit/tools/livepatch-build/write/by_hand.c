// SPDX-License-Identifier: GPL-2.0
/* A piece is marked by its note: the inclusion, once there is one. */
#include "by_hand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/payload_elf.h"
#include "model/machine.h"
#include "model/special.h"
#include "write/payload.h"

#define OLD_ADDRESS 0xffff82d040200000UL
#define OLD_BYTES 64U

static char wanted; /* what the note of a marked piece points to */

void by_hand_open(struct by_hand *hand, const char *const *paths)
{
    *hand = (struct by_hand){.nr_objects = 0};
    arena_open(&hand->plan.arena);
    for (; *paths; paths++) {
        struct object *object = &hand->objects[hand->nr_objects++];

        assert_int_equal(object_open(*paths, object, stderr), 0);
        assert_int_equal(pieces_cut(object, stderr), 0);
        hand->plan.machine = object->machine->elf;
    }
    memset(hand->plan.depends, 0x11, PLAN_ID_BYTES);
    memset(hand->plan.xen_depends, 0x22, PLAN_ID_BYTES);
    hand->plan.replacements = hand->replacements;
    hand->plan.metadata = hand->metadata;
}

void by_hand_close(struct by_hand *hand)
{
    arena_close(&hand->plan.arena);
    for (size_t i = 0; i < hand->nr_objects; i++) {
        object_close(&hand->objects[i]);
    }
}

struct piece *by_hand_find(struct by_hand *hand, const char *name)
{
    for (size_t i = 0; i < hand->nr_objects; i++) {
        for_each_piece(piece, &hand->objects[i])
        {
            if (piece->symbol && strcmp(piece->symbol->name, name) == 0) {
                return piece;
            }
        }
    }
    fail_msg("no %s", name);
    return NULL;
}

void by_hand_want(struct piece *piece)
{
    if (piece->note) {
        return;
    }
    piece->note = &wanted;
    for (size_t i = 0; i < piece->nr_references; i++) {
        if (piece->references[i].target) {
            by_hand_want(piece->references[i].target);
        }
    }
    for (struct piece *part = piece->owned; part; part = part->next_owned) {
        by_hand_want(part);
    }
}

void by_hand_want_all(struct by_hand *hand)
{
    for (size_t i = 0; i < hand->nr_objects; i++) {
        for_each_piece(piece, &hand->objects[i])
        {
            if (strcmp(piece->section->name, SECTION_FUNCS) != 0 &&
                !special_is_ignored(piece->section)) {
                by_hand_want(piece);
            }
        }
    }
}

static const struct piece *global_in(const struct by_hand *hand,
                                     const char *name)
{
    for (size_t i = 0; i < hand->nr_objects; i++) {
        for_each_piece(piece, &hand->objects[i])
        {
            if (piece->note && piece->symbol &&
                piece->symbol->binding == STB_GLOBAL &&
                strcmp(piece->symbol->name, name) == 0) {
                return piece;
            }
        }
    }
    return NULL;
}

static void bind(struct by_hand *hand, struct inclusion *inclusion)
{
    const struct piece *piece = inclusion->piece;

    inclusion->uses = arena_take(&hand->plan.arena, piece->nr_references,
                                 sizeof(*inclusion->uses));
    for (size_t i = 0; i < piece->nr_references; i++) {
        const struct reference *reference = &piece->references[i];
        const struct piece *target = reference->target;
        struct use *use = &inclusion->uses[i];

        if (!target) {
            target = global_in(hand, reference->symbol->name);
        }
        use->reference = reference;
        use->distance = reference->distance;
        if (target && target->note) {
            use->inside = target->note;
        } else {
            use->outside =
                target ? piece_name(target) : reference->symbol->name;
        }
    }
}

void by_hand_include(struct by_hand *hand)
{
    struct plan *plan = &hand->plan;
    size_t nr = 0;

    for (size_t i = 0; i < hand->nr_objects; i++) {
        for_each_piece(piece, &hand->objects[i])
        {
            nr += piece->note != NULL;
        }
    }
    plan->inclusions = arena_take(&plan->arena, nr, sizeof(*plan->inclusions));
    for (size_t i = 0; i < hand->nr_objects; i++) {
        for_each_piece(piece, &hand->objects[i])
        {
            if (piece->note) {
                struct inclusion *item =
                    &plan->inclusions[plan->nr_inclusions++];

                item->piece = piece;
                item->symbol = piece->symbol ? piece->symbol->name : NULL;
                piece->note = item;
            }
        }
    }
    for (size_t i = 0; i < nr; i++) {
        bind(hand, &plan->inclusions[i]);
    }
}

struct replacement *by_hand_replace(struct by_hand *hand, const char *name,
                                    const struct piece *by)
{
    struct replacement *replacement =
        &hand->replacements[hand->plan.nr_replacements++];

    assert_true(hand->plan.nr_replacements <= BY_HAND_REPLACEMENTS_MAX);
    assert_non_null(by->note);
    *replacement = (struct replacement){
        .name = name,
        .old_address = OLD_ADDRESS,
        .old_bytes = OLD_BYTES,
        .by = by->note,
        .new_bytes = (uint32_t)by->size,
    };
    return replacement;
}

struct payload_file by_hand_write(struct by_hand *hand)
{
    struct payload_file file;

    assert_int_equal(payload_make(&hand->plan, &file, stderr), 0);
    return file;
}
