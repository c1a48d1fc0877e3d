/* SPDX-License-Identifier: GPL-2.0 */
/* A constant that other files may use. */
//= taken check
//= refused limits: other files may use
//= taken limits
#include "case.h"

extern const int limits[];
const int limits[] = {1, 2, 3, 4, 5, 6,
#ifdef PATCHED
                      8,
#else
                      7,
#endif
                      9};
int check(int value);

int check(int value)
{
    use(limits);
    return limits[value & 7];
}
