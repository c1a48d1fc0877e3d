/* SPDX-License-Identifier: GPL-2.0 */
/* An array without elements has a place in the hypervisor as well. */
//= taken check
#include "case.h"

static char none[0] section(".bss.page_aligned");
int check(int value);

int check(int value)
{
    use(none);
#ifdef PATCHED
    value++;
#endif
    return ask(value);
}
