/* SPDX-License-Identifier: GPL-2.0 */
/* Room for a tracer before each function. */
// flags: -fpatchable-function-entry=8,4
//= taken check
#include "case.h"

int check(int value);

int check(int value)
{
#ifdef PATCHED
    value++;
#endif
    return ask(value);
}
