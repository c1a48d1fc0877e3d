/* SPDX-License-Identifier: GPL-2.0 */
/* A constant that a list of constants leads to. */
//= refused narrow: 'limits', which has not changed
#include "case.h"

struct limit {
    int low, high;
};
static const struct limit narrow = {
    1,
#ifdef PATCHED
    3,
#else
    2,
#endif
};
static const struct limit *const limits[] = {&narrow, NULL, &narrow};
int check(int value);

int check(int value)
{
    use(limits);
    return ask(value);
}
