/* SPDX-License-Identifier: GPL-2.0 */
/* A function and data, in two files, of which one is refused. */
//= taken one
//= refused limit: initial value
#include "case.h"

int one(int value);

int one(int value)
{
#ifdef PATCHED
    value++;
#endif
    return ask(value);
}
