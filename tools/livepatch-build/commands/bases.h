/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One patch for several hypervisors: a payload for each base, in
 * OUTPUT/BUILD-ID/NAME.livepatch.
 */
#ifndef BUILDER_COMMAND_BASES_H
#define BUILDER_COMMAND_BASES_H

#include "commands/options.h"

/*
 * One base after the other; what one ends with does not stop the others, but a
 * signal does. Tells of each what there is to tell, and at the end what has
 * become of all. Gives that of them which asks for the most: 128 + a signal's
 * number, STATUS_FAILED, STATUS_REFUSED, STATUS_DONE; STATUS_NOTHING if none
 * needs a payload.
 */
int build_for_bases(const struct options *options);

#endif
