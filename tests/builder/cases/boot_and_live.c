/* SPDX-License-Identifier: GPL-2.0 */
/* One function runs at boot only, the other one always. */
//= taken check
//= refused start: --ignore-init
#include "case.h"

boot_only int start(int value);
int check(int value);

boot_only int start(int value)
{
#ifdef PATCHED
    value++;
#endif
    return ask(value);
}

int check(int value)
{
#ifdef PATCHED
    value++;
#endif
    return ask(value);
}
