/* SPDX-License-Identifier: GPL-2.0 */
/* New data that other files may use. */
// live: same: nothing depends on the new data
//= taken check
//= warning seen: new data
#include "case.h"

int check(int value);
#ifdef PATCHED
extern int seen;
int seen = 7;
#endif

int check(int value)
{
#ifdef PATCHED
    seen += value;
#endif
    return ask(value);
}
