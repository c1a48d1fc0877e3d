/* SPDX-License-Identifier: GPL-2.0 */
/* One more view of the same bytes. */
// live: same: the bytes that stay are zero as well
//= taken set
#include "case.h"

union thing {
    u64 both;
#ifdef PATCHED
    u32 low;
#endif
};
int set(union thing *thing, int value);

int set(union thing *thing, int value)
{
#ifdef PATCHED
    thing->low = (u32)value;
#else
    thing->both = (u64)value;
#endif
    return ask(value);
}
