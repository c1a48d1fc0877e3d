/* SPDX-License-Identifier: GPL-2.0 */
/* A function that is too small for a jump. */
//=x86-gcc,x86-clang= refused nothing: of which a trampoline needs 5
//=arm64-gcc,arm64-clang= taken nothing
#include "case.h"

void nothing(void);
void other(void);

void nothing(void)
{
#ifdef PATCHED
    printk("something");
#endif
}

void other(void)
{
    printk("other");
}
