/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Functions of Xen that no payload may replace, by their names: what runs while
 * code is replaced, and what is on every stack and never returns.
 */
#ifndef BUILDER_CHOOSE_NEVER_H
#define BUILDER_CHOOSE_NEVER_H

#include <stdint.h>

/* Why not on this machine (e_machine), as what follows the name of the
 * function; NULL: it can be. */
const char *never_replaced(const char *name, uint16_t machine);

#endif
