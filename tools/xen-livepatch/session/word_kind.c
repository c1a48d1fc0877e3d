/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Kinds to the words that the completion for bash has a branch for each.
 */
#include "session/word_kind.h"

const char *word_kind_text(enum word_kind kind)
{
    static const char *const texts[] = {
        [WORD_NONE] = "none",
        [WORD_FILE] = "file",
        [WORD_PAYLOAD_FILE] = "payload_file",
        [WORD_FOLDER] = "folder",
        [WORD_DURATION] = "duration",
        [WORD_NUMBER] = "number",
        [WORD_STATE] = "state",
        [WORD_COMMAND] = "command",
        [WORD_ATTENTION] = "attention",
        [WORD_NEW_NAME] = "new_name",
        [WORD_NAME] = "name",
        [WORD_NAME_CHECKED] = "name_checked",
        [WORD_NAME_APPLIED] = "name_applied",
        [WORD_NAME_OR_FILE] = "name_or_file",
        [WORD_SIGNATURE_KIND] = "signature_kind",
    };

    return texts[kind];
}
