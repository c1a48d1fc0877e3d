// SPDX-License-Identifier: GPL-2.0
/*
 * Gives libFuzzer an option more, before those that it was given: of two of the
 * same name the last one counts.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "beside.h"

void keep_inputs_beside_target(int *argc, char ***argv)
{
    static const char option[] = "-artifact_prefix=";
    const size_t bytes = sizeof(option) + strlen((*argv)[0]) + sizeof("-");
    char **longer = malloc(((size_t)*argc + 2) * sizeof(*longer));
    char *prefix = malloc(bytes);

    if (!longer || !prefix) {
        abort();
    }
    snprintf(prefix, bytes, "%s%s-", option, (*argv)[0]);
    longer[0] = (*argv)[0];
    longer[1] = prefix;
    /* With the NULL at its end. */
    memcpy(longer + 2, *argv + 1, (size_t)*argc * sizeof(*longer));
    *argv = longer;
    *argc += 1;
}
