/* SPDX-License-Identifier: GPL-2.0 */
/* A variable that was for the start only begins anew. */
//= taken check
//= warning parameter: new data
#include "case.h"

#ifdef PATCHED
static int parameter = 3;
#else
boot_data static int parameter = 3;
#endif
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
