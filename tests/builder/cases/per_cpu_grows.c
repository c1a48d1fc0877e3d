/* SPDX-License-Identifier: GPL-2.0 */
/* Data for each pCPU has the room that it has. */
//= refused counter: per-CPU
#include "case.h"

per_cpu static int counter[
#ifdef PATCHED
    4
#else
    2
#endif
];
int check(int value);

int check(int value)
{
    use(counter);
    return ask(value);
}
