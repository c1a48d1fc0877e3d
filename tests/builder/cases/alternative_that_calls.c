/* SPDX-License-Identifier: GPL-2.0 */
/* What code is exchanged with leads to a function. */
// only: x86-gcc x86-clang
//= taken fence
#include "case.h"

void fence(void);
void other(void);
void called(void);

void called(void)
{
    use(NULL);
}

void fence(void)
{
    ALTERNATIVE(".skip 5, 0x90", "call called", 3);
#ifdef PATCHED
    ask(1);
#endif
}

void other(void)
{
    ALTERNATIVE(".skip 5, 0x90", "call called", 3);
}
