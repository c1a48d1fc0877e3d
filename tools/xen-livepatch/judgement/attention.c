/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The table of them.
 */
#include "judgement/attention.h"

#include <string.h>

const struct attention_kind attention_kinds[NR_ATTENTION_CODES] = {
    [ATTENTION_HELD_BACK] = {"held-back", ATTENTION_CRITICAL,
                             "sync holds payloads back after a crash"},
    [ATTENTION_STATE_UNREADABLE] =
        {"state-unreadable", ATTENTION_CRITICAL,
         "what sync remembers over boots cannot be read"},
    [ATTENTION_NOT_APPLIED] = {"not-applied", ATTENTION_WARNING,
                               "in the folder, for this hypervisor, and not "
                               "applied"},
    [ATTENTION_SPENT] = {"spent", ATTENTION_WARNING,
                         "reverted with data that may have changed: it must "
                         "be loaded anew"},
    [ATTENTION_REISSUED] = {"reissued", ATTENTION_WARNING,
                            "applied as another build than the folder has"},
    [ATTENTION_NOT_IN_FOLDER] = {"not-in-folder", ATTENTION_WARNING,
                                 "applied, and gone with the next boot"},
    [ATTENTION_NEEDS_BOOT] = {"needs-boot", ATTENTION_WARNING,
                              "put into the folder since the boot, for "
                              "another hypervisor"},
    [ATTENTION_FAILED] = {"failed", ATTENTION_WARNING,
                          "the last action on it failed"},
    [ATTENTION_SYNC_FAILED] = {"sync-failed", ATTENTION_WARNING,
                               "the last sync of this boot failed"},
    [ATTENTION_FOLDER_UNREADABLE] = {"folder-unreadable", ATTENTION_WARNING,
                                     "the folder cannot be read"},
    [ATTENTION_FILE_UNREADABLE] = {"file-unreadable", ATTENTION_WARNING,
                                   "files of the folder are no payloads, or "
                                   "pins of which is not known what"},
    [ATTENTION_NO_EFFECT] = {"no-effect", ATTENTION_WARNING,
                             "a line of the order, a hold or a pin fits "
                             "nothing"},
    [ATTENTION_LOG_UNREADABLE] = {"log-unreadable", ATTENTION_WARNING,
                                  "the log file cannot be read"},
    [ATTENTION_ON_TRIAL] = {"on-trial", ATTENTION_NOTE,
                            "a crash now would hold payloads back"},
    [ATTENTION_BUSY] = {"busy", ATTENTION_NOTE, "an action is under way"},
    [ATTENTION_ON_HOLD] = {"on-hold", ATTENTION_NOTE, "kept out by the admin"},
    [ATTENTION_OTHER_HYPERVISOR] = {"other-hypervisor", ATTENTION_NOTE,
                                    "in the folder for another hypervisor"},
};

bool attention_find(const char *word, enum attention_code *code)
{
    for (unsigned int i = 0; i < NR_ATTENTION_CODES; i++) {
        if (!strcmp(word, attention_kinds[i].word)) {
            *code = (enum attention_code)i;
            return true;
        }
    }
    return false;
}

const char *attention_level_word(enum attention_level level)
{
    static const char *const words[] = {
        [ATTENTION_NOTE] = "OK",
        [ATTENTION_WARNING] = "WARNING",
        [ATTENTION_CRITICAL] = "CRITICAL",
    };

    return words[level];
}
