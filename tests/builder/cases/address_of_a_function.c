/* SPDX-License-Identifier: GPL-2.0 */
/* The address of a changed function is still the old one. */
// live: same: nobody calls what changed
//= taken helper
#include "case.h"

static noinline int helper(int value)
{
#ifdef PATCHED
    return ask(value) + 2;
#else
    return ask(value) + 1;
#endif
}

void tell(void);
void tell(void)
{
    use((const void *)helper);
}
