/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What failed and was not made good since. A failure stands until each of its
 * payloads had a deed that went well, and no longer than its boot.
 */
#ifndef XEN_LIVEPATCH_STANDING_FAILURE_H
#define XEN_LIVEPATCH_STANDING_FAILURE_H

#include <stdbool.h>

#include "history/deed_history.h"

/*
 * Find the newest failure of the boot `boot` ("": none is known) that stands.
 * True with *failure, whose words are the log's; false when there is none, or
 * no memory to find it.
 */
bool standing_failure_find(const struct deed_history *log, const char *boot,
                           struct past_deed *failure);

#endif
