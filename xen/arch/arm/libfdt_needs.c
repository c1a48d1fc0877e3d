/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What libfdt, as Debian builds it, takes from a C library beside the names of
 * <xen/string.h>: a value on the stack that shows an overflow. It runs while
 * booting only, before there is anything that could be kept secret.
 */
#include <xen/lib.h>
#include <asm/libfdt_needs.h>

unsigned long __stack_chk_guard = 0x3fa1c04d9b7200e5;

void noreturn __stack_chk_fail(void)
{
    panic("the device tree library has overrun its stack\n");
}
