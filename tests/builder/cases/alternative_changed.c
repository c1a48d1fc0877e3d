/* SPDX-License-Identifier: GPL-2.0 */
/* The code is the same, what it is exchanged with is not. */
// live: same: the code does nothing
//= taken fence
#include "case.h"

void fence(void);

void fence(void)
{
#ifdef PATCHED
    ALTERNATIVE("nop", "nop", 4);
#else
    ALTERNATIVE("nop", "nop", 3);
#endif
    use(NULL);
}
