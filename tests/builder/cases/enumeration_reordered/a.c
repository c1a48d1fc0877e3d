/* SPDX-License-Identifier: GPL-2.0 */
/* Numbers that have names change in all files. */
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
