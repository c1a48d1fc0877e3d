/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A function that is too small to be replaced: whether its callers can be, in
 * which case they have a new one of their own.
 */
#ifndef BUILDER_CHOOSE_LIFT_H
#define BUILDER_CHOOSE_LIFT_H

#include "model/piece.h"

/* Nobody but functions of its object can come to it, and all of them call it:
 * its address is nowhere. */
bool lift_is_possible(const struct piece *after);

#endif
