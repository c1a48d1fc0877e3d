/* SPDX-License-Identifier: GPL-2.0 */
/* A variable that two files use gets another name. */
// live: same: the code does the same by another name
//= taken two
#include "case.h"

int one(int value);
#ifdef PATCHED
#define state mode
#endif
extern int state;
int state = 3;

int one(int value)
{
    state += value;
    return ask(value);
}
