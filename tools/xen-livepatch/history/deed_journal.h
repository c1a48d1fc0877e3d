/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A deed as one line of the system's journal, beside the log file.
 */
#ifndef XEN_LIVEPATCH_DEED_JOURNAL_H
#define XEN_LIVEPATCH_DEED_JOURNAL_H

#include "history/deed.h"

/*
 * Tell the journal what was done, in a form that programs can rely on:
 *     apply "fix1" "fix2": done [user="me" exit_status=0 errno=0 stop_ns=1234
 *     nr_late=0]
 * on one line, "failed" in the place of "done" when it did. A byte of a text
 * that is not printable ASCII, a quote or a backslash is \xNN. stop_ns and
 * nr_late are there when the hypervisor's `record`, which may be NULL, has that
 * pCPUs were stopped, or late.
 */
void deed_tell_journal(const struct session *session, const struct deed *deed,
                       const struct livepatch_ext_record *record);

#endif
