// SPDX-License-Identifier: GPL-2.0
/*
 * Equality of pieces, through whatever they lead to.
 */
#include "diff/same.h"

#include <elf.h>
#include <string.h>

#include "match/match.h"
#include "model/machine.h"
#include "model/special.h"

/* arm64: a bug frame has its line in a field of its own. */
#define ARM_LINE 12
#define ARM_LINE_BYTES 2

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

static bool is_same_place(struct piece *one, struct piece *other)
{
    if (one->twin || other->twin) {
        return one->twin == other;
    }
    if (one->kind != other->kind || one->kind == PIECE_FUNCTION ||
        (one->kind == PIECE_VARIABLE &&
         !(is_private_constant(one) && is_private_constant(other)))) {
        return false;
    }
    return diff_is_same(one, other);
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

bool same_reference(const struct piece *before, const struct reference *one,
                    const struct piece *after, const struct reference *other)
{
    if (!match_is_same_field(one, other, before->object)) {
        return false;
    }
    if (!is_bug_frame(before) && one->bias != other->bias) {
        return false;
    }
    (void)after;
    if (!one->target || !other->target) {
        return one->distance == other->distance && is_same_name(one, other);
    }
    if (one->target->kind == PIECE_STRING &&
        other->target->kind == PIECE_STRING && is_same_string(one, other)) {
        return true;
    }
    return one->distance == other->distance &&
           is_same_place(one->target, other->target);
}

static struct piece *next_entry(struct piece *piece)
{
    while (piece && piece->kind != PIECE_ENTRY) {
        piece = piece->next_owned;
    }
    return piece;
}

/* In tables that tell of text, of text without a name that nobody owns. */
static bool has_same_entries(const struct piece *before,
                             const struct piece *after)
{
    struct piece *one = next_entry(before->owned);
    struct piece *other = next_entry(after->owned);

    while (one && other && diff_is_same(one, other)) {
        one = next_entry(one->next_owned);
        other = next_entry(other->next_owned);
    }
    return !one && !other;
}

/* What is being compared counts as the same meanwhile, or two tables that lead
 * to each other would never end. */
bool diff_is_same(struct piece *before, struct piece *after)
{
    uint64_t offset;
    bool is_same = true;

    if (before->note == after) {
        return true;
    }
    if (before->note || before->size != after->size ||
        before->nr_references != after->nr_references ||
        !same_bytes(before, after, &offset)) {
        return false;
    }
    before->note = after;
    is_same = has_same_entries(before, after);
    for (size_t i = 0; i < before->nr_references && is_same; i++) {
        is_same = same_reference(before, &before->references[i], after,
                                 &after->references[i]);
    }
    before->note = NULL;
    return is_same;
}
