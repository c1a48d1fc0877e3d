/* SPDX-License-Identifier: GPL-2.0 */
/* Constants of 16 bytes, which a linker may join. */
//= taken fill
//=x86-gcc,arm64-gcc= taken values.1: changed constant
//=x86-clang,arm64-clang= taken fill.values: changed constant
#include "case.h"

struct pair {
    u64 one, two;
};
void fill(struct pair *pair);
void also(struct pair *pair);

void fill(struct pair *pair)
{
#ifdef PATCHED
    static const struct pair values = {0x1122334455667788, 0x99};
#else
    static const struct pair values = {0x1122334455667788, 0x98};
#endif

    *pair = values;
    use(&values);
}

void also(struct pair *pair)
{
    static const struct pair values = {0x1122334455667788, 0x98};

    *pair = values;
    use(&values);
}
