// SPDX-License-Identifier: GPL-2.0
/*
 * Code that computes by all that a payload may bring: strings, constants, a
 * table of pointers, switches, new data, a function of its own, one of another
 * file. Whether it was written well is seen by running it.
 */
#include "samples.h"

static const char *const words[] = {"alpha", "beta", "gamma", "shared"};
static const int primes[] = {2, 3, 5, 7, 11, 13};
static int calls = 40;
static char seen[64] __attribute__((aligned(32)));

static __attribute__((noinline)) int weight(const char *text)
{
    int sum = 0;

    while (*text) {
        sum = sum * 31 % 65521 + *text++;
    }
    return sum;
}

static __attribute__((noinline, cold)) int rare(int n)
{
    return n / 3 + weight("a rare text");
}

static int by_table(int n)
{
    switch (n) {
    case 0:
        return weight("zero");
    case 1:
        return weight("shared") * 2;
    case 2:
        return calls * 100;
    case 3:
        return -n;
    case 4:
        return weight(words[2]) + 1;
    case 5:
        return 77;
    default:
        return n;
    }
}

static int by_value(int n)
{
    switch (n) {
    case 0:
        return 17;
    case 1:
        return -4;
    case 2:
        return 1000;
    case 3:
        return 9;
    case 4:
        return 23456;
    default:
        return 0;
    }
}

int fix(int n);

int fix(int n)
{
    if (n < 0) {
        return rare(n);
    }
    calls++;
    seen[n % 64]++;
    return weight(words[n % 4]) + primes[n % 6] + by_table(n % 8) +
           by_value(n % 5) + calls + seen[n % 64] + other(n) +
           *outside_value(n);
}
