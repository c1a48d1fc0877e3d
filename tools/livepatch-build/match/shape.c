// SPDX-License-Identifier: GPL-2.0
/*
 * What two pieces have in common, whatever they lead to.
 */
#include <string.h>

#include "match/match.h"
#include "model/machine.h"

bool match_is_same_field(const struct reference *before,
                         const struct reference *after,
                         const struct object *object)
{
    const struct field one = object->machine->field(before->type);
    const struct field other = object->machine->field(after->type);

    return before->offset == after->offset &&
           (before->type == after->type ||
            (one.kind == other.kind && one.kind != FIELD_UNKNOWN &&
             one.kind != FIELD_PAGE && one.bytes == other.bytes &&
             one.mask == other.mask));
}

bool match_has_same_shape(const struct piece *before, const struct piece *after)
{
    const unsigned char *one = piece_bytes(before);
    const unsigned char *other = piece_bytes(after);

    if (before->size != after->size ||
        before->nr_references != after->nr_references || !one != !other ||
        (one && memcmp(one, other, before->size) != 0)) {
        return false;
    }
    for (size_t i = 0; i < before->nr_references; i++) {
        if (!match_is_same_field(&before->references[i], &after->references[i],
                                 before->object)) {
            return false;
        }
    }
    return true;
}
