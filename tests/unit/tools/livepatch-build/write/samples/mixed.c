// SPDX-License-Identifier: GPL-2.0
/*
 * One thing of each kind that goes to a place of its own, and some that a
 * payload without writable data has.
 */
#include "samples.h"

int changed(int n);
int helper(int n);
int small(void);

static int counter = 3;
static int zeroed[1000];
static const char *const texts[] = {"one", "two"};
static int (*const calls[])(int) = {helper, other};

__attribute__((noinline)) int helper(int n)
{
    return n + ++counter + zeroed[n & 7]++;
}

int changed(int n)
{
    return texts[n & 1][n & 3] + calls[n & 1](n);
}

/* Needs neither data nor anybody. */
int small(void)
{
    return 3;
}

int (*const livepatch_load_data_small)(void)
    __attribute__((section(".livepatch.hooks.load"), used)) = small;

/* Of more zeroes than there is memory for, and a larger file. */
static char many_zeroes[3 << 20];
static const char much_text[3 << 20] = "it begins so";

char *zeroes(void);
const char *text(void);

char *zeroes(void)
{
    return many_zeroes;
}

const char *text(void)
{
    return much_text;
}
