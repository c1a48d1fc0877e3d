/* SPDX-License-Identifier: GPL-2.0 */
/* A list that is longer. */
//= taken tell
//= taken names: changed constant
#include "case.h"

static const char *const names[] = {
    "one",
    "two",
    "three",
#ifdef PATCHED
    "four",
#endif
};
void tell(unsigned int value);

void tell(unsigned int value)
{
    if (value < sizeof(names) / sizeof(names[0])) {
        printk(names[value]);
        use(names);
    }
}
