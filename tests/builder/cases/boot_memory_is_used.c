/* SPDX-License-Identifier: GPL-2.0 */
/* What is used is gone when the hypervisor has started. */
//= taken check
//= refused check: is gone
#include "case.h"

boot_data static int parameter = 2;
boot_only int start(int value);
int check(int value);

boot_only int start(int value)
{
    use(&parameter);
    return ask(value);
}

int check(int value)
{
#ifdef PATCHED
    use(&parameter);
#endif
    return ask(value);
}
