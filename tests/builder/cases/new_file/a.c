/* SPDX-License-Identifier: GPL-2.0 */
/* A file that the patch adds. */
//= taken one
//= taken helper: new function
//= warning calls: new data
#include "case.h"

int one(int value);
int helper(int value);

int one(int value)
{
#ifdef PATCHED
    return helper(value);
#else
    return ask(value);
#endif
}
