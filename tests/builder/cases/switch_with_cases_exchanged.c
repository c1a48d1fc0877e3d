/* SPDX-License-Identifier: GPL-2.0 */
/* The code of a switch is the same, its table of jumps is not. */
// flags: -fjump-tables
//= taken one
#ifdef PATCHED
#define FIRST 7
#define EIGHTH 0
#endif
#include "switches.h"
