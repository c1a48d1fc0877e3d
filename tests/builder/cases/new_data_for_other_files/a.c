/* SPDX-License-Identifier: GPL-2.0 */
/* New data of one file that another one uses, too: there is one of it. */
// live: same: nothing depends on the new data
//= taken one
//= taken two
//= warning counted: new data
#include "case.h"

int one(int value);
extern int counted;

#ifdef PATCHED
int counted = 3;
#endif

int one(int value)
{
#ifdef PATCHED
    counted++;
#endif
    return ask(value) + 1;
}
