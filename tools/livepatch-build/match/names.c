// SPDX-License-Identifier: GPL-2.0
/*
 * Names of clones, parts and static locals, as GCC and clang make them.
 */
#include "match/names.h"

#include <string.h>

/* Digits up to the next dot or the end; 0: something else is there. */
static size_t number_length(const char *text)
{
    const size_t length = strspn(text, "0123456789");

    return text[length] == '\0' || text[length] == '.' ? length : 0;
}

bool name_is_numbered(const char *name)
{
    for (const char *dot = strchr(name, '.'); dot; dot = strchr(dot + 1, '.')) {
        if (number_length(dot + 1)) {
            return true;
        }
    }
    return false;
}

const char *name_without_numbers(struct arena *arena, const char *name)
{
    char *bare;
    size_t used = 0;

    if (!name_is_numbered(name)) {
        return name;
    }
    bare = arena_take(arena, strlen(name) + 1, 1);
    for (const char *at = name; *at;) {
        const size_t length = *at == '.' ? number_length(at + 1) : 0;

        if (length) {
            at += length + 1;
        } else {
            bare[used++] = *at++;
        }
    }
    return bare;
}
