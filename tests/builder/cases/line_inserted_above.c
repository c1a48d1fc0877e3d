/* SPDX-License-Identifier: GPL-2.0 */
/* Nothing but a comment. */
//= nothing
#include "case.h"

#ifdef PATCHED
/*
 * More
 * lines.
 */
#endif
int check(int value);

int check(int value)
{
    return ask(value);
}
