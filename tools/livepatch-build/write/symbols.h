/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The payload's symbols: those of its sections, the functions and variables
 * that it brings, for traces and people, and the hypervisor's that it uses.
 *
 * What takes the place of a function of the hypervisor has that one's name, as
 * loaders let it. All else has a name that nobody has: stock Xen refuses a
 * payload of which even a local symbol has the name of one in the hypervisor or
 * in another payload, and two fixes may bring the same helper. So it ends in
 * the payload's id, which is known when all else is (output.h, file.h).
 *
 *     common/event.c#deliver            replaces that
 *     common/event.c#helper.1f8a0c27    is new
 */
#ifndef BUILDER_SYMBOLS_H
#define BUILDER_SYMBOLS_H

#include "choose/plan.h"
#include "write/output.h"

/* Most bytes of a name: stock Xen cuts off what is more. */
#define SYMBOLS_NAME_MAX 126

/* After all sections are made. Sets `symbol_index` of each inclusion, and makes
 * the relocations of all uses. */
void symbols_make(struct plan *plan, struct output *output);

#endif
