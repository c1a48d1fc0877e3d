/* SPDX-License-Identifier: GPL-2.0 */
/* Debugging information that is broken is not the same as none. */
//= warning broken debugging information: layouts of structures
// only: x86-gcc x86-clang
//= taken set
// after: cat >o; cp o a; objcopy --update-section .debug_abbrev=a o; cat o
#include "case.h"

struct thing {
#ifdef PATCHED
    int new;
#endif
    int one;
};
int set(struct thing *thing, int value);

int set(struct thing *thing, int value)
{
    thing->one = value;
    return ask(value);
}
