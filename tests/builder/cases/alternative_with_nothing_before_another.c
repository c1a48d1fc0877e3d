/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where what one function exchanges with nothing is said to lie, what another
 * one has begins.
 */
// only: x86-gcc x86-clang
// live: same: the code does nothing
//= taken fence
#include "case.h"

void before(void);
void fence(void);
void behind(void);
void other(void);

void before(void)
{
    ALTERNATIVE("nop", "", 3);
    use(NULL);
}

void fence(void)
{
#ifdef PATCHED
    ALTERNATIVE("nop; nop; nop", "mov %%eax, %%eax; nop", 3);
#else
    ALTERNATIVE("nop; nop; nop", "mov %%ebx, %%ebx; nop", 3);
#endif
    ALTERNATIVE("nop", "", 3);
    use(NULL);
}

void behind(void)
{
    ALTERNATIVE(".skip 5, 0x90", "jmp other", 3);
    use(NULL);
}

void other(void)
{
    use(NULL);
}
