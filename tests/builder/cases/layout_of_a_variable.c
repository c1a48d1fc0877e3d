/* SPDX-License-Identifier: GPL-2.0 */
/* The type of a variable has no name at all. */
//= refused state: 'one' was 4 bytes at byte 0, is 4 bytes at byte 4
//= taken set
#include "case.h"

static struct {
#ifdef PATCHED
    int two, one;
#else
    int one, two;
#endif
} state;
void set(int value);

void set(int value)
{
    state.one = value;
    use(&state);
}
