/* SPDX-License-Identifier: GPL-2.0 */
/* A real object of 32 bits. */
// only: x86-gcc
// after: echo "int x;" | gcc -m32 -x c -c -o t -; cat t
//= error input_32_bits.c.after.o: of 64 bits
#include "case.h"

int check(int value);

int check(int value)
{
    return value;
}
