// SPDX-License-Identifier: GPL-2.0
/*
 * Equality of pieces, through whatever they lead to. Each pair is compared
 * once, however many lead to it, and pairs that lead back to themselves come to
 * an end: what is being compared is taken to be the same meanwhile. What was
 * found the same on the strength of this waits, in a list, until the comparison
 * that it relied on is over: it goes with it.
 *
 * Example: A and B lead to each other. A is entered (1st), B is entered (2nd)
 * and finds A, taken to be the same: B relies on the 1st and waits. A ends as
 * the same and relies on nothing before it: both are settled. Had A ended as
 * another, B would be open again.
 */
#include "diff/same.h"

#include <elf.h>
#include <stdint.h>
#include <string.h>

#include "match/match.h"
#include "model/machine.h"
#include "model/special.h"

/* arm64: a bug frame has its line in a field of its own. */
#define ARM_LINE 12
#define ARM_LINE_BYTES 2

/* What leads on for longer is taken to be another. */
#define MOST_STEPS 1000
#define SETTLED SIZE_MAX

struct verdict {
    /* The last that it was compared with, of each kind. */
    const struct piece *same, *different;
    size_t relies_on;      /* which comparison under way; SETTLED: none */
    struct verdict *later; /* of what waits, what was entered before it */
};

struct walk {
    size_t nr_steps;  /* comparisons under way */
    size_t relies_on; /* of them, the first that the one under way met */
    struct verdict *waiting;
};

static bool is_bug_frame(const struct piece *piece)
{
    return piece->kind == PIECE_ENTRY &&
           section_is_named(piece->section, ".bug_frames");
}

static bool has_line_field(const struct piece *piece)
{
    return is_bug_frame(piece) && piece->object->machine->elf == EM_AARCH64 &&
           piece->size >= ARM_LINE + ARM_LINE_BYTES;
}

bool same_bytes(const struct piece *before, const struct piece *after,
                uint64_t *offset)
{
    const unsigned char *one = piece_bytes(before);
    const unsigned char *other = piece_bytes(after);

    if (!one && !other) {
        return true;
    }
    for (uint64_t i = 0; i < before->size; i++) {
        if ((one ? one[i] : 0) != (other ? other[i] : 0) &&
            !(has_line_field(before) && i >= ARM_LINE &&
              i < ARM_LINE + ARM_LINE_BYTES)) {
            *offset = i;
            return false;
        }
    }
    return true;
}

bool same_line(const struct piece *before, const struct piece *after)
{
    if (!is_bug_frame(before)) {
        return true;
    }
    if (has_line_field(before)) {
        return memcmp(piece_bytes(before) + ARM_LINE,
                      piece_bytes(after) + ARM_LINE, ARM_LINE_BYTES) == 0;
    }
    for (size_t i = 0; i < before->nr_references; i++) {
        if (before->references[i].bias != after->references[i].bias) {
            return false;
        }
    }
    return true;
}

static const char *string_from(const struct piece *piece, int64_t distance,
                               size_t *bytes)
{
    if (distance < 0 || (uint64_t)distance > piece->size) {
        *bytes = 0;
        return NULL;
    }
    *bytes = piece->size - (uint64_t)distance;
    return (const char *)piece_bytes(piece) + distance;
}

/* From there on: a string may be the end of a longer one. */
static bool is_same_string(const struct reference *one,
                           const struct reference *other)
{
    size_t bytes[2];
    const char *text = string_from(one->target, one->distance, &bytes[0]);
    const char *same = string_from(other->target, other->distance, &bytes[1]);

    return text && same && bytes[0] == bytes[1] &&
           memcmp(text, same, bytes[0]) == 0;
}

/* Read-only, and nobody else's: nothing but its bytes can matter. */
static bool is_private_constant(const struct piece *piece)
{
    return piece->kind == PIECE_VARIABLE && !piece->twin &&
           piece->symbol->binding == STB_LOCAL && !piece_is_writable(piece);
}

static bool is_same(struct walk *walk, struct piece *before,
                    struct piece *after);

static bool is_same_place(struct walk *walk, struct piece *one,
                          struct piece *other)
{
    if (one->twin || other->twin) {
        return one->twin == other;
    }
    if (one->kind != other->kind || one->kind == PIECE_FUNCTION ||
        (one->kind == PIECE_VARIABLE &&
         !(is_private_constant(one) && is_private_constant(other)))) {
        return false;
    }
    return is_same(walk, one, other);
}

/* Of places of which at least one is in another object. What has moved to this
 * object, or away from it, has its twin there. */
static bool is_same_name(const struct reference *one,
                         const struct reference *other)
{
    const struct piece *here = one->target ? one->target : other->target;

    if (here) {
        return here->twin && here->twin->object != here->object->twin &&
               here->symbol->binding != STB_LOCAL &&
               strcmp(one->symbol->name, here->symbol->name) == 0 &&
               strcmp(other->symbol->name, here->symbol->name) == 0;
    }
    return one->symbol->value == other->symbol->value &&
           one->symbol->is_absolute == other->symbol->is_absolute &&
           strcmp(one->symbol->name, other->symbol->name) == 0;
}

static bool is_same_reference(struct walk *walk, const struct piece *before,
                              const struct reference *one,
                              const struct reference *other)
{
    if (!match_is_same_field(one, other, before->object)) {
        return false;
    }
    if (!is_bug_frame(before) && one->bias != other->bias) {
        return false;
    }
    if (!one->target || !other->target) {
        return one->distance == other->distance && is_same_name(one, other);
    }
    if (one->target->kind == PIECE_STRING &&
        other->target->kind == PIECE_STRING && is_same_string(one, other)) {
        return true;
    }
    return one->distance == other->distance &&
           is_same_place(walk, one->target, other->target);
}

bool same_reference(const struct piece *before, const struct reference *one,
                    const struct reference *other)
{
    struct walk walk = {.relies_on = SETTLED};

    return is_same_reference(&walk, before, one, other);
}

static struct piece *next_entry(struct piece *piece)
{
    while (piece && piece->kind != PIECE_ENTRY) {
        piece = piece->next_owned;
    }
    return piece;
}

/* In tables that tell of text, of text without a name that nobody owns. */
static bool has_same_entries(struct walk *walk, const struct piece *before,
                             const struct piece *after)
{
    struct piece *one = next_entry(before->owned);
    struct piece *other = next_entry(after->owned);

    while (one && other && is_same(walk, one, other)) {
        one = next_entry(one->next_owned);
        other = next_entry(other->next_owned);
    }
    return !one && !other;
}

static bool has_same_references(struct walk *walk, const struct piece *before,
                                const struct piece *after)
{
    for (size_t i = 0; i < before->nr_references; i++) {
        if (!is_same_reference(walk, before, &before->references[i],
                               &after->references[i])) {
            return false;
        }
    }
    return true;
}

/* What its bytes and the number of its references say. */
static bool may_be_same(const struct piece *before, const struct piece *after)
{
    uint64_t offset;

    return before->size == after->size &&
           before->nr_references == after->nr_references &&
           same_bytes(before, after, &offset);
}

static struct verdict *verdict_of(struct piece *before)
{
    if (!before->verdict) {
        before->verdict =
            arena_take(&before->object->arena, 1, sizeof(struct verdict));
        before->verdict->relies_on = SETTLED;
    }
    return before->verdict;
}

static void rely_on(struct walk *walk, size_t step)
{
    if (step < walk->relies_on) {
        walk->relies_on = step;
    }
}

/* What has waited for this one goes with it; it may have to wait itself. */
static void end(struct walk *walk, struct verdict *verdict, bool is_same)
{
    struct verdict *ended = NULL;

    if (is_same && walk->relies_on < walk->nr_steps) {
        verdict->relies_on = walk->relies_on;
        return;
    }
    while (ended != verdict) {
        ended = walk->waiting;
        walk->waiting = ended->later;
        ended->relies_on = SETTLED;
        if (!is_same) {
            ended->same = NULL;
        }
    }
    walk->relies_on = SETTLED;
}

static bool is_same(struct walk *walk, struct piece *before,
                    struct piece *after)
{
    struct verdict *verdict = verdict_of(before);
    const size_t relied_on = walk->relies_on;
    bool is_same;

    if (verdict->same == after) {
        rely_on(walk, verdict->relies_on);
        return true;
    }
    if (verdict->different == after || verdict->relies_on != SETTLED ||
        walk->nr_steps == MOST_STEPS) {
        return false;
    }
    if (!may_be_same(before, after)) {
        verdict->different = after;
        return false;
    }
    *verdict = (struct verdict){
        .same = after,
        .different = verdict->different,
        .relies_on = ++walk->nr_steps,
        .later = walk->waiting,
    };
    walk->waiting = verdict;
    walk->relies_on = SETTLED;
    is_same = has_same_entries(walk, before, after) &&
              has_same_references(walk, before, after);
    if (!is_same) {
        verdict->different = after;
    }
    end(walk, verdict, is_same);
    walk->nr_steps--;
    rely_on(walk, relied_on);
    return is_same;
}

bool diff_is_same(struct piece *before, struct piece *after)
{
    struct walk walk = {.relies_on = SETTLED};

    return is_same(&walk, before, after);
}
