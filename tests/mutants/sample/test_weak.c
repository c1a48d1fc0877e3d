// SPDX-License-Identifier: GPL-2.0
/*
 * A weak test: of clamp() it does not try the bound, of area() not what goes
 * beyond, and never_called() it never calls.
 */
#include "weak.h"

int main(void)
{
    return !(clamp(5) == 5 && clamp(200) == 100 && twice(4) == 8 &&
             area(5, 6) == 30);
}
