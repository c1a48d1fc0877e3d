/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The functions of the payload `crossing`, where each lies and how long it is:
 * the architecture's, in assembly that `crossing` alone defines.
 */
#ifndef CROSSING_FUNCTIONS_H
#define CROSSING_FUNCTIONS_H

#ifdef CONFIG_X86
#include "x86/crossing.h"
#else
#include "arm64/crossing.h"
#endif

char crosses_1(void);
char crosses_4(void);
char crosses_15(void);

#endif
