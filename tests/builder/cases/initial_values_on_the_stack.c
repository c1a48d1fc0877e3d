/* SPDX-License-Identifier: GPL-2.0 */
/* Constants without a name of several functions in one section. GCC for arm64
 * counts all of them from its start. */
// live: same: what changed lies too far behind the start
//= taken two
//=arm64-gcc= taken one
//=arm64-gcc= taken three
#include "case.h"

struct values {
    long one, two, three, four, five;
    const char *name;
};
int one(int value);
int two(int value);
int three(int value);

int one(int value)
{
    struct values values = {11, 12, 13, 14, 15, "one"};

    use(&values);
    return ask(value);
}

int two(int value)
{
    struct values values = {21,
                            22,
                            23,
#ifdef PATCHED
                            2400000000000,
#else
                            2500000000000,
#endif
                            25,
                            "two"};

    use(&values);
    return ask(value);
}

int three(int value)
{
    struct values values = {31, 32, 33, 34, 35, "three"};

    use(&values);
    return ask(value);
}
