/* SPDX-License-Identifier: GPL-2.0 */
/* A variable of a function stays the hypervisor's, whatever number it has. */
//= taken count
//=x86-gcc,arm64-gcc= warning more.0: new data
//=x86-clang,arm64-clang= warning count.more: new data
#include "case.h"

int count(void);
int other_count(void);

int other_count(void)
{
    static int nr;

    use(&nr);
    return ++nr;
}

int count(void)
{
#ifdef PATCHED
    static int more;
#endif
    static int nr;

    use(&nr);
#ifdef PATCHED
    use(&more);
    more++;
#endif
    return nr += 3;
}
