/* SPDX-License-Identifier: GPL-2.0 */
/* Debugging information that is broken is not the same as none. */
//= warning its debugging information is broken (its entries cannot be followed to their end): layouts
// only: x86-gcc x86-clang
//= taken set
// after: cat >whole; printf '\1\21\1' >cut; objcopy --update-section .debug_abbrev=cut whole; cat whole
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
