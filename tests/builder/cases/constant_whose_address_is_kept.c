/* SPDX-License-Identifier: GPL-2.0 */
/* A constant whose address is in data that exists. */
//= taken check
//= taken limits
//= refused limits: chosen
#include "case.h"

static const int limits[] = {1, 2, 3, 4, 5, 6,
#ifdef PATCHED
                             8,
#else
                             7,
#endif
                             9};
static const int *chosen = limits;
int check(int value);

int check(int value)
{
    use(&chosen);
    use(limits);
    return chosen[value & 7];
}
