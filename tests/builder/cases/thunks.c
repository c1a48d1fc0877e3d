/* SPDX-License-Identifier: GPL-2.0 */
/* Calls and returns by way of functions that compilers know. */
// flags: -mindirect-branch=thunk-extern -mindirect-branch-register
// flags: -mfunction-return=thunk-extern
// only: x86-gcc
// live: not: its thunks go nowhere
//= taken check
// has: __x86_return_thunk
#include "case.h"

int check(int (*function)(int value));
void __x86_indirect_thunk_rax(void);
void __x86_return_thunk(void);
__attribute__((function_return("keep"))) void __x86_indirect_thunk_rax(void)
{
    use(NULL);
}
__attribute__((function_return("keep"))) void __x86_return_thunk(void)
{
    use(NULL);
}

int check(int (*function)(int value))
{
    int value = function(1);

#ifdef PATCHED
    value++;
#endif
    return value * 2;
}
