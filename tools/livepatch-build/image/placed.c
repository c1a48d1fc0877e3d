// SPDX-License-Identifier: GPL-2.0
/*
 * Between fields all bytes count; in an instruction with a field, those bits of
 * it that are not the field's.
 */
#include "image/placed.h"

#include <string.h>

#include "model/machine.h"

static struct field field_of(const struct piece *piece,
                             const struct reference *reference)
{
    return piece->object->machine->field(reference->type);
}

/* Whether bytes [from, to) of a piece are those at `theirs`; NULL: zeros. */
static bool are_equal(const unsigned char *ours, const unsigned char *theirs,
                      uint64_t from, uint64_t to, uint64_t *offset)
{
    for (uint64_t i = from; i < to; i++) {
        if ((ours ? ours[i] : 0) != (theirs ? theirs[i] : 0)) {
            *offset = i;
            return false;
        }
    }
    return true;
}

/* Of an instruction with a field in it, what is not the field. */
static bool is_rest_equal(const unsigned char *ours,
                          const unsigned char *theirs, struct field field)
{
    uint32_t one;
    uint32_t other;

    if (field.mask == 0) {
        return true;
    }
    memcpy(&one, ours, sizeof(one));
    memcpy(&other, theirs, sizeof(other));
    return ((one ^ other) & ~field.mask) == 0;
}

static bool is_equal_without_fields(const struct piece *piece,
                                    const unsigned char *theirs,
                                    uint64_t *offset)
{
    const unsigned char *ours = piece_bytes(piece);
    uint64_t done = 0;

    for (size_t i = 0; i < piece->nr_references; i++) {
        const struct reference *reference = &piece->references[i];
        const struct field field = field_of(piece, reference);

        if (!are_equal(ours, theirs, done, reference->offset, offset)) {
            return false;
        }
        if (reference->offset + field.bytes > piece->size || !theirs ||
            !is_rest_equal(ours + reference->offset, theirs + reference->offset,
                           field)) {
            *offset = reference->offset;
            return false;
        }
        /* Two may fill one place. */
        if (reference->offset + field.bytes > done) {
            done = reference->offset + field.bytes;
        }
    }
    return are_equal(ours, theirs, done, piece->size, offset);
}

bool placed_is_equal(const struct image *image, const struct piece *piece,
                     uint64_t address, uint64_t *offset)
{
    const unsigned char *theirs = image_bytes(image, address, piece->size);

    *offset = 0;
    return (theirs || image_is_zero(image, address, piece->size)) &&
           is_equal_without_fields(piece, theirs, offset);
}

struct field_address placed_field(const struct image *image,
                                  const struct piece *piece, uint64_t address,
                                  const struct reference *reference)
{
    const struct field field = field_of(piece, reference);
    const uint64_t place = address + reference->offset;
    const unsigned char *bytes = image_bytes(image, place, field.bytes);

    return bytes ? field_address(field, bytes, place)
                 : (struct field_address){0, 0};
}
