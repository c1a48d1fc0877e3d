/* SPDX-License-Identifier: GPL-2.0 */
/* A string in a list of them: whoever uses the list has changed. */
//= taken tell
// lacks: two
//= taken names: changed constant
#include "case.h"

static const char *const names[] = {
    "one",
#ifdef PATCHED
    "zwei",
#else
    "two",
#endif
    "three",
    "four",
};
void tell(int value);
void other(void);

void tell(int value)
{
    printk(names[value & 3]);
    use(names);
}

void other(void)
{
    printk("two");
}
