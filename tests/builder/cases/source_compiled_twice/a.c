/* SPDX-License-Identifier: GPL-2.0 */
/* One source that two files include. */
//= taken walk_two
//= taken walk_three
// has: walk_two
// has: walk_three
#include "case.h"

#define LEVEL two
#include "walk.h"
