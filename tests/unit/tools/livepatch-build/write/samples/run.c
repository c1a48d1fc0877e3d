// SPDX-License-Identifier: GPL-2.0
/* Calls the fix, linked from objects or from a payload, and prints what it
 * computes. */
#include <stdio.h>

#include "samples.h"

int fix(int n);

int *outside_value(int n)
{
    static int values[2] = {5, 600000};

    return &values[n % 2];
}

int main(void)
{
    for (int n = -3; n < 200; n++) {
        printf("%d\n", fix(n));
    }
    return 0;
}
