/* SPDX-License-Identifier: GPL-2.0 */
/* New data of all kinds. */
//= taken check
//= warning seen: new data
//= warning many: new data
//= taken limits: new constant
#include "case.h"

int check(int value);
#ifdef PATCHED
static int seen = 7;
static int many[100];
static const int limits[] = {4, 5, 6, 7, 8, 9};
#endif

int check(int value)
{
#ifdef PATCHED
    use(&seen);
    use(many);
    use(limits);
#endif
    return ask(value);
}
