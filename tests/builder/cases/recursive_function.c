/* SPDX-License-Identifier: GPL-2.0 */
/* A function that calls itself. */
//= taken count
#include "case.h"

int count(int value);

int count(int value)
{
    if (value <= 0) {
        return 0;
    }
#ifdef PATCHED
    use(&value);
#endif
    return ask(value) + count(value - ask(1)) * 3;
}
