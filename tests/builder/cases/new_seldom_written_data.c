/* SPDX-License-Identifier: GPL-2.0 */
/* New data in a section that holds many variables. */
//= taken check
//= warning seen: new data
#include "case.h"

int check(int value);
read_mostly static int old = 5;
#ifdef PATCHED
read_mostly static int seen = 7;
#endif

int check(int value)
{
    use(&old);
#ifdef PATCHED
    use(&seen);
#endif
    return ask(value) + old;
}
