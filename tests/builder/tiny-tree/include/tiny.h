/* SPDX-License-Identifier: GPL-2.0 */
/* What the tiny tree's files have of each other. */
#define STEP 3

int count(int by);
int first(int value);
int second(int value);
int twice(int value);
int set_up(void);
