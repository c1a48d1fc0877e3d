/* SPDX-License-Identifier: GPL-2.0 */
/* The other one. */
#include "tiny.h"

int second(int value)
{
    return value - 1;
}
