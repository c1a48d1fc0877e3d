/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Remembers in the place of the system's log daemon.
 */
#include "fake/fake_journal.h"

#include <stdio.h>

#include "session/journal.h"

struct fake_journal fake_journal;

void fake_journal_reset(void)
{
    fake_journal = (struct fake_journal){.nr_lines = 0};
}

void journal_tell(const char *line, bool went_wrong)
{
    fake_journal.nr_lines++;
    fake_journal.went_wrong = went_wrong;
    snprintf(fake_journal.line, sizeof(fake_journal.line), "%s", line);
}
