/* SPDX-License-Identifier: GPL-2.0 */
/* What code is exchanged with has changed. */
// only: x86-gcc x86-clang
// live: same: the code does nothing
//= taken fence
#include "case.h"

void fence(void);
void other(void);

void fence(void)
{
#ifdef PATCHED
    ALTERNATIVE("nop; nop; nop", "mov %%eax, %%eax; nop", 3);
#else
    ALTERNATIVE("nop; nop; nop", "mov %%ebx, %%ebx; nop", 3);
#endif
    use(NULL);
}

void other(void)
{
    ALTERNATIVE("nop", "nop", 3);
    use(NULL);
}
