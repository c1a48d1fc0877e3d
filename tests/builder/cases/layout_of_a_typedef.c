/* SPDX-License-Identifier: GPL-2.0 */
/* A structure without a name has that of its type; one inside it is a part of
 * it. */
//= refused thing_t: 'list[].wide' was 8 bytes at byte 8, is 8 bytes at
//= taken set
#include "case.h"

typedef struct {
    int one;
    struct {
#ifdef PATCHED
        u64 new;
#endif
        union {
            u64 wide;
            u8 narrow;
        };
#ifndef PATCHED
        u64 old;
#endif
    } list[2];
} thing_t;
void set(thing_t *thing, int i);

void set(thing_t *thing, int i)
{
    thing->list[i].wide = 1;
}
