/* SPDX-License-Identifier: GPL-2.0 */
/* See a.c. */
#include "case.h"

#define LEVEL three
#include "walk.h"
