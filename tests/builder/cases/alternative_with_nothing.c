/* SPDX-License-Identifier: GPL-2.0 */
/* Code that is exchanged with nothing. */
// only: x86-gcc x86-clang
//= taken fence
#include "case.h"

void fence(void);
void other(void);

void fence(void)
{
    ALTERNATIVE("nop", "", 3);
    use(NULL);
#ifdef PATCHED
    ask(1);
#endif
}

void other(void)
{
    ALTERNATIVE("nop", "", 3);
    ALTERNATIVE("nop", "", 4);
    use(NULL);
}
