/* SPDX-License-Identifier: GPL-2.0 */
/* Patches 1 of the functions of ground.c. */
#include "many.h"

MANY(1);
