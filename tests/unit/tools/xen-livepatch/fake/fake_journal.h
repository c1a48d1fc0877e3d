/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The journal that a test looks at: the line that it was told last.
 */
#ifndef TESTS_FAKE_JOURNAL_H
#define TESTS_FAKE_JOURNAL_H

#include <stdbool.h>

struct fake_journal {
    unsigned int nr_lines;
    char line[4096];
    bool went_wrong;
};

extern struct fake_journal fake_journal;

void fake_journal_reset(void);

#endif
