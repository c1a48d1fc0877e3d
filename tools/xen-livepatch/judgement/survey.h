/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A look at everything at once: the hypervisor, the folders, what sync
 * remembers and the log; and the judgement of it. What status, check and
 * metrics show is taken from one of these.
 */
#ifndef XEN_LIVEPATCH_SURVEY_H
#define XEN_LIVEPATCH_SURVEY_H

#include "history/deed_history.h"
#include "history/loaded.h"
#include "judgement/file_facts.h"
#include "judgement/judgement.h"
#include "session/overview.h"
#include "sync/crash_guard.h"
#include "sync/payload_folder.h"
#include "sync/sync_plan.h"

struct survey {
    struct overview overview;
    struct loaded loaded; /* what is known of each payload that is loaded */
    char boot[BOOT_ID_BYTES];
    struct deed_history log;
    struct crash_guard guard; /* as it is now; nothing is written */
    struct payload_folder folder;
    struct sync_view view;
    struct sync_plan plan; /* what sync would do */
    char *trouble;         /* with the folder, in words */
    struct loaded_facts *loaded_facts;
    struct file_facts_list files;
    struct facts facts; /* of all these */
    struct judgement judgement;
};

/*
 * Take it for the verb `verb`, asking and reading only; the folder is that
 * which the session's options name, the one by default need not be there. What
 * cannot be read is a point of the judgement and no failure. Gives OUTCOME_DONE
 * with *survey, which is not to be moved; or what overview_take() gives, with
 * the identity if that was told. survey_free() it either way.
 */
enum outcome survey_take(struct session *session, const char *verb,
                         struct survey *survey);
void survey_free(struct survey *survey);

#endif
