// SPDX-License-Identifier: GPL-2.0
/* A second file, with a string that the first one has, too, and the same static
 * name. */
#include "samples.h"

static __attribute__((noinline)) int weight(const char *text, int n)
{
    return text[n % 6] + n;
}

int other(int n)
{
    return weight("shared", n);
}
