/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The exit statuses in words, in the order of their numbers.
 */
#include "session/outcome.h"

#include <stddef.h>

static const struct {
    const char *code;
    const char *text;
} meanings[] = {
    [OUTCOME_DONE] = {"done", "done, or nothing to do"},
    [OUTCOME_FAILED] = {"refused", "refused by the hypervisor, or not in the "
                                   "right state"},
    [OUTCOME_RETRY] = {"busy", "busy or not over yet; try again"},
    [OUTCOME_BAD_USAGE] = {"bad-usage", "wrong command, operand or option"},
    [OUTCOME_BAD_NAME] = {"bad-name", "this cannot be the name of a payload"},
    [OUTCOME_BAD_FILE] = {"bad-file", "the file cannot be read, or is no "
                                      "payload"},
    [OUTCOME_NO_INTERFACE] = {"no-interface", "no hypervisor interface "
                                              "(/dev/xen/privcmd)"},
    [OUTCOME_NOT_ALLOWED] = {"not-allowed", "not allowed to use it"},
    [OUTCOME_NO_LIVEPATCH] = {"no-livepatch", "the hypervisor has no live "
                                              "patching"},
    [OUTCOME_UNKNOWN_VERSION] = {"unknown-version", "its interface version is "
                                                    "not known"},
    [OUTCOME_VANISHED] = {"vanished", "the payload was unloaded meanwhile"},
    [OUTCOME_NO_OUTPUT] = {"no-output", "the results could not be written"},
    [OUTCOME_NOT_LOGGED] = {"not-logged", "done, but it could not be written "
                                          "to the log"},
    [OUTCOME_HELD_BACK] = {"held-back", "held back: the machine went down "
                                        "after the last sync"},
    [OUTCOME_NO_STATE] = {"no-state", "sync cannot keep its state; nothing was "
                                      "loaded"},
    [OUTCOME_NOT_CHECKED] = {"not-checked",
                             "nothing is against it, but not all "
                             "could be checked"},
    [OUTCOME_BLOCKED] = {"blocked", "another payload stands in the way: first "
                                    "revert or unload that"},
    [OUTCOME_VETOED] = {"vetoed", "a hook of the payload forbade it"},
    [OUTCOME_INTERRUPTED] = {"interrupted", "interrupted by a signal; what was "
                                            "done stays done"},
};

void outcome_print_all(FILE *stream)
{
    for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++) {
        fprintf(stream, "  %2zu  %s\n", i, meanings[i].text);
    }
}

const char *outcome_code(enum outcome outcome)
{
    return meanings[outcome].code;
}
