/* SPDX-License-Identifier: GPL-2.0 */
/* What lies behind the last element belongs to what is before it. */
// live: not: it looks at what lies behind its data
//= taken check
#include "case.h"

static int many[16];
read_mostly static int few[4] = {1};
read_mostly static int next = 2;
int check(int value);

int check(int value)
{
    int *end = &many[16];

    use(end);
    use(&few[4]);
    use(&next);
#ifdef PATCHED
    value += many[15];
    value += few[3];
#endif
    return ask(value);
}
