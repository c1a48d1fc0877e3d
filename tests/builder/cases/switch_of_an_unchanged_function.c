/* SPDX-License-Identifier: GPL-2.0 */
/* Tables of jumps of several functions. */
// flags: -fjump-tables
//= taken two
#ifdef PATCHED
#define OTHERWISE 2
#endif
#include "switches.h"
