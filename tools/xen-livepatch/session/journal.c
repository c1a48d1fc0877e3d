/* SPDX-License-Identifier: GPL-2.0 */
/*
 * syslog(3), which systemd's journal reads too; it works in a static binary.
 */
#include "session/journal.h"

#include <syslog.h>

void journal_tell(const char *line, bool went_wrong)
{
    openlog("xen-livepatch", LOG_PID, LOG_AUTHPRIV);
    syslog(went_wrong ? LOG_WARNING : LOG_NOTICE, "%s", line);
    closelog();
}
