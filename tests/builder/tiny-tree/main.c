/* SPDX-License-Identifier: GPL-2.0 */
/* The image begins here. */
#include "tiny.h"

void start(void)
{
    count(first(set_up()) + second(twice(STEP)));
}
