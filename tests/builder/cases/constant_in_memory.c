/* SPDX-License-Identifier: GPL-2.0 */
/* A number that is kept in memory. */
// flags: -msse2
// only: x86-gcc x86-clang
// live: not: the hypervisor has no floating point
//= taken half
#include "case.h"

double half(double value);
double third(double value);

double half(double value)
{
#ifdef PATCHED
    return value * 0.375;
#else
    return value * 0.3125;
#endif
}

double third(double value)
{
    return value * 0.333;
}
