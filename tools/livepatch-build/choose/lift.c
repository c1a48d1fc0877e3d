// SPDX-License-Identifier: GPL-2.0
/*
 * Looking at all who refer to a function.
 */
#include "choose/lift.h"

#include "model/machine.h"

static bool calls(const struct piece *user, const struct reference *reference)
{
    return section_is_text(user->section) && reference->distance == 0 &&
           user->object->machine->is_branch(piece_bytes(user),
                                            reference->offset, reference->type);
}

bool lift_is_possible(const struct piece *after)
{
    if (after->symbol->binding != STB_LOCAL || !after->twin ||
        after->twin->symbol->binding != STB_LOCAL) {
        return false;
    }
    for (size_t u = 0; u < after->nr_users; u++) {
        const struct piece *user = after->users[u];

        for (size_t i = 0; i < user->nr_references; i++) {
            if (user->references[i].target == after && user != after &&
                user->owner != after && !calls(user, &user->references[i])) {
                return false;
            }
        }
    }
    return true;
}
