/* SPDX-License-Identifier: GPL-2.0 */
/* See a.c. */
#include "case.h"

extern int limit;
#ifdef PATCHED
int limit = 4;
#else
int limit = 3;
#endif
