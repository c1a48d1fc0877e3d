/* SPDX-License-Identifier: GPL-2.0 */
/* What has run at boot is to run there no more. */
//= refused start
//= refused start_call
#include "case.h"

int check(int value);
#ifndef PATCHED
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
