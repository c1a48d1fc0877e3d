/* SPDX-License-Identifier: GPL-2.0 */
/* See a.c. */
#include "case.h"

extern const int limits[4];
int two(int value);

int two(int value)
{
    use(limits);
    return limits[value & 3];
}
