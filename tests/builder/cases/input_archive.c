/* SPDX-License-Identifier: GPL-2.0 */
/* An archive of objects. */
// after: printf '!<arch>\n'
//= error input_archive.c.after.o: not an ELF file
#include "case.h"

int check(int value);

int check(int value)
{
#ifdef PATCHED
    value++;
#endif
    printk("check");
    return ask(value);
}
