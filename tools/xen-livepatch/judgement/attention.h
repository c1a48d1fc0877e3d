/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The kinds of things that want an admin's attention: for each a word that
 * programs may rely on, how much it weighs, and what it means in general.
 */
#ifndef XEN_LIVEPATCH_ATTENTION_H
#define XEN_LIVEPATCH_ATTENTION_H

#include <stdbool.h>

/* The numbers are those of a monitoring plugin's exit status. */
enum attention_level {
    ATTENTION_NOTE = 0, /* good to know; all is well */
    ATTENTION_WARNING = 1,
    ATTENTION_CRITICAL = 2,
};

/* The heaviest first. */
enum attention_code {
    ATTENTION_HELD_BACK,
    ATTENTION_STATE_UNREADABLE,
    ATTENTION_NOT_APPLIED,
    ATTENTION_SPENT,
    ATTENTION_REISSUED,
    ATTENTION_NOT_IN_FOLDER,
    ATTENTION_NEEDS_BOOT,
    ATTENTION_FAILED,
    ATTENTION_SYNC_FAILED,
    ATTENTION_FOLDER_UNREADABLE,
    ATTENTION_FILE_UNREADABLE,
    ATTENTION_NO_EFFECT,
    ATTENTION_LOG_UNREADABLE,
    ATTENTION_ON_TRIAL,
    ATTENTION_BUSY,
    ATTENTION_ON_HOLD,
    ATTENTION_OTHER_HYPERVISOR,
    NR_ATTENTION_CODES,
};

struct attention_kind {
    const char *word; /* "held-back" */
    enum attention_level level;
    const char *meaning; /* a line without a full stop */
};

/* By code. */
extern const struct attention_kind attention_kinds[NR_ATTENTION_CODES];

/* The code of a word; false when there is none. */
bool attention_find(const char *word, enum attention_code *code);

/* "OK", "WARNING", "CRITICAL" */
const char *attention_level_word(enum attention_level level);

#endif
