/* SPDX-License-Identifier: GPL-2.0 */
/* One of a folder's files. */
#include "tiny.h"

int first(int value)
{
    return value + STEP;
}
