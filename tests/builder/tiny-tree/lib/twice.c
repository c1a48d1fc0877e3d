/* SPDX-License-Identifier: GPL-2.0 */
/* A member of an archive. */
#include "tiny.h"

int twice(int value)
{
    return 2 * value;
}
