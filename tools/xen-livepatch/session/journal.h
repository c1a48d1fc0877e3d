/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The system's journal, where an admin looks for what was done to a machine.
 * Apart so that tests can replace it at link time.
 */
#ifndef XEN_LIVEPATCH_JOURNAL_H
#define XEN_LIVEPATCH_JOURNAL_H

#include <stdbool.h>

/*
 * Tell the system's log daemon this line of printable ASCII, without a newline:
 * as xen-livepatch[PID], facility authpriv, priority notice or, for what went
 * wrong, warning. Where there is no daemon nothing happens.
 */
void journal_tell(const char *line, bool went_wrong);

#endif
