// SPDX-License-Identifier: GPL-2.0
/*
 * A source that is built, and that no test links.
 */
#include "lonely.h"

int lonely(int value)
{
    return value + 4;
}
