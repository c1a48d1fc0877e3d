/* SPDX-License-Identifier: GPL-2.0 */
/* A changed function brings its warnings. */
//= taken check
#include "case.h"

int check(int value);

#ifdef PATCHED
#line 530 "frame_of_a_changed_function.c"
#endif
int check(int value)
{
    if (value < 0) {
        WARN();
    }
#ifdef PATCHED
    printk("changed");
#endif
    if (value > 0) {
        WARN();
    }
    return ask(value);
}
