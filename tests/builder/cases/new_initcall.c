/* SPDX-License-Identifier: GPL-2.0 */
/* What is to run at boot does not run any more. */
//= refused start
//= refused start_call
#include "case.h"

int check(int value);
#ifdef PATCHED
boot_only static int start(void)
{
    return ask(1);
}
static int (*const start_call)(void) used section(".initcall1.init") = start;
#endif

int check(int value)
{
    return ask(value);
}
