/* SPDX-License-Identifier: GPL-2.0 */
/* Numbers that have names change in all files. */
//= refused KIND_ONE: 'KIND_ONE' was 0, is 1, and 1 more
//= taken set
//= taken check
#include "case.h"
#include "kinds.h"

extern int kind;
int kind;
void set(int value);

void set(int value)
{
    kind = value ? KIND_ONE : KIND_TWO;
    use(&kind);
}
