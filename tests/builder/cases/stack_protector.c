/* SPDX-License-Identifier: GPL-2.0 */
/* Calls that a compiler puts in. */
// flags: -fstack-protector-all
// flags: -mstack-protector-guard=global
// only: arm64-gcc
//= taken check
// has: __stack_chk_fail
#include "case.h"

int check(int value);
void __stack_chk_fail(void);
extern unsigned long __stack_chk_guard;
unsigned long __stack_chk_guard = 5;

void __stack_chk_fail(void)
{
    printk("stack");
}

int check(int value)
{
    char text[64] = {0};

    use(text);
#ifdef PATCHED
    value++;
#endif
    return ask(value);
}
