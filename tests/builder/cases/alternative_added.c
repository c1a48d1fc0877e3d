/* SPDX-License-Identifier: GPL-2.0 */
/* Code that is exchanged at start is added. */
// live: same: the code does nothing
//= taken fence
#include "case.h"

void fence(void);
void other(void);

void fence(void)
{
#ifdef PATCHED
    ALTERNATIVE("nop", "nop", 4);
#endif
    use(NULL);
}

void other(void)
{
    ALTERNATIVE("nop", "nop", 3);
    use(NULL);
}
