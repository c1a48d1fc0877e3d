/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The variables that cases share: they lie among the cases' data and are set
 * back with it.
 */
extern int cases_shared;
extern int cases_table[4];

int cases_shared = 1;
int cases_table[4] = {1, 2, 3, 4};
