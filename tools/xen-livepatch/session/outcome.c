/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The exit statuses in words, in the order of their numbers.
 */
#include "session/outcome.h"

#include <stddef.h>

static const char *const meanings[] = {
    [OUTCOME_DONE] = "done, or nothing to do",
    [OUTCOME_FAILED] = "refused by the hypervisor, or not in the right state",
    [OUTCOME_RETRY] = "busy or not over yet; try again",
    [OUTCOME_BAD_USAGE] = "wrong command, operand or option",
    [OUTCOME_BAD_NAME] = "this cannot be the name of a payload",
    [OUTCOME_BAD_FILE] = "the file cannot be read, or is no payload",
    [OUTCOME_NO_INTERFACE] = "no hypervisor interface (/dev/xen/privcmd)",
    [OUTCOME_NOT_ALLOWED] = "not allowed to use it",
    [OUTCOME_NO_LIVEPATCH] = "the hypervisor has no live patching",
    [OUTCOME_UNKNOWN_VERSION] = "its interface version is not known",
    [OUTCOME_VANISHED] = "the payload was unloaded meanwhile",
    [OUTCOME_NO_OUTPUT] = "the results could not be written",
    [OUTCOME_NOT_LOGGED] = "done, but it could not be written to the log",
    [OUTCOME_HELD_BACK] =
        "held back: the machine went down after the last sync",
    [OUTCOME_NO_STATE] = "sync cannot keep its state; nothing was loaded",
};

void outcome_print_all(FILE *stream)
{
    for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++) {
        fprintf(stream, "  %2zu  %s\n", i, meanings[i]);
    }
}
