/* SPDX-License-Identifier: GPL-2.0 */
/* New data lies where it may. */
//= taken check
//= warning byte: new data
//= warning far: new data
//= warning page: new data
#include "case.h"

int check(int value);
#ifdef PATCHED
static char byte = 1;
static int far __attribute__((aligned(256))) = 2;
static char page[4096] section(".bss.page_aligned")
    __attribute__((aligned(4096)));
#endif

int check(int value)
{
#ifdef PATCHED
    use(&byte);
    use(&far);
    use(page);
#endif
    return ask(value);
}
