/* SPDX-License-Identifier: GPL-2.0 */
/* A payload has no room for each pCPU. */
//= taken check
//= refused check: new per-CPU data
#include "case.h"

int check(int value);
#ifdef PATCHED
per_cpu static int counter;
#endif

int check(int value)
{
#ifdef PATCHED
    use(&counter);
#endif
    return ask(value);
}
