/* SPDX-License-Identifier: GPL-2.0 */
/* Data that exists has the room that it has. */
//= refused many: cannot grow
#include "case.h"

static int many[
#ifdef PATCHED
    8
#else
    4
#endif
];
int check(int value);

int check(int value)
{
    use(many);
    return ask(value);
}
