/* SPDX-License-Identifier: GPL-2.0 */
/* Constants of other functions move in their section. */
//= taken one
//=arm64-gcc= taken two
#include "case.h"

struct values {
    long one, two, three, four, five;
};
int one(int value);
int two(int value);
int three(int value);

int one(int value)
{
#ifdef PATCHED
    struct values more = {101, 102, 103, 104, 105};

    use(&more);
#endif
    struct values values = {11, 12, 13, 14, 15};

    use(&values);
    return ask(value);
}

int two(int value)
{
    struct values values = {21, 22, 23, 24, 25};

    use(&values);
    return ask(value);
}

int three(int value)
{
    char text[] = "a text that is copied to the stack, as long as this";

    use(text);
    return ask(value);
}
