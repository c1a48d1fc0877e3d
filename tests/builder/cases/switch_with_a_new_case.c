/* SPDX-License-Identifier: GPL-2.0 */
/* A table of jumps that is longer. */
// flags: -fjump-tables
//= taken one
#ifdef PATCHED
#define ONE_MORE                                                               \
    case 9:                                                                    \
        return ask(55);
#endif
#include "switches.h"
