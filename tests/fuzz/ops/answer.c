// SPDX-License-Identifier: GPL-2.0
/*
 * The pattern, and the comparisons.
 */
#include "answer.h"

#include <string.h>

#include "host/guest.h"
#include "run.h"

#define FRESH 0xa5

void *answer_fresh(size_t bytes)
{
    return memset(host_guest_alloc(bytes), FRESH, bytes);
}

void answer_check_fresh(const char *what, const void *at, size_t from,
                        size_t bytes)
{
    const uint8_t *byte = at;

    for (size_t i = from; i < bytes; i++) {
        if (byte[i] != FRESH) {
            give_up("answers: %s: byte %zu of %zu is written, the last is to "
                    "be %zu",
                    what, i, bytes, from);
        }
    }
}

void answer_check_number(const char *what, uint64_t is, uint64_t ought)
{
    if (is != ought) {
        give_up("answers: %s is %ld, expected %ld", what, (long)is,
                (long)ought);
    }
}
