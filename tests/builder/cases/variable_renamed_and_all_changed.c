/* SPDX-License-Identifier: GPL-2.0 */
/* It may be the same under another name, or another one. */
//= taken set: changed
//= refused set: may be a new one
#include "case.h"

#ifdef PATCHED
#define state mode
#endif
static int state;
int set(int value);

int set(int value)
{
#ifdef PATCHED
    ask(value);
#endif
    use(&state);
    state += value;
    return ask(state);
}
