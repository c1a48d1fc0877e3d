/* SPDX-License-Identifier: GPL-2.0 */
/* Data of another file that the function had not used. */
// has: shared
// has: table
//= taken check
#include "case.h"

int check(int value);

int check(int value)
{
#ifdef PATCHED
    shared += 2;
    table[3] = shared;
#endif
    return ask(value);
}
