/* SPDX-License-Identifier: GPL-2.0 */
/* Nothing outlives the function that has it, and that one is replaced. */
// live: not: what it hands on has no value
//= ignored struct thing: on their stacks
//= taken check
#include "case.h"

struct thing {
#ifdef PATCHED
    int new;
#endif
    int list[8];
};
int check(int value);

int check(int value)
{
    struct thing thing;

    thing.list[value & 7] = value;
    use(&thing);
    return ask(value);
}
