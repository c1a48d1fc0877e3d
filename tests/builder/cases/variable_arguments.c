/* SPDX-License-Identifier: GPL-2.0 */
/* A function with a variable number of arguments. */
//= taken printk_all
#include "case.h"

void printk_all(const char *format, ...);
void printk_all(const char *format, ...)
{
    __builtin_va_list list;

    __builtin_va_start(list, format);
    printk(format, __builtin_va_arg(list, int));
#ifdef PATCHED
    printk(format, __builtin_va_arg(list, int));
#endif
    __builtin_va_end(list);
}
