/* SPDX-License-Identifier: GPL-2.0 */
/* What runs once. */
#include "tiny.h"

int set_up(void)
{
    return 7;
}
