/* SPDX-License-Identifier: GPL-2.0 */
/* Data for each pCPU that is there may be used. */
//= taken check
#include "case.h"

per_cpu static int counter;
int check(int value);

int check(int value)
{
    use(&counter);
#ifdef PATCHED
    value++;
#endif
    return ask(value);
}
