// SPDX-License-Identifier: GPL-2.0
/*
 * The log line by line: those of unknown symbols are counted, and how many more
 * there are when they are too many for a line each.
 */
#include "refusal.h"

#include <stdio.h>
#include <string.h>

#include <xen/errno.h>
#include <xen/types.h>
#include <public/sysctl.h>

#include "console.h"

static bool is_of_unknown_symbol(const char *line, const char *start)
{
    const char *rest = line + strlen(start);
    unsigned int nr;
    int length = 0;

    if (strncmp(line, start, strlen(start)) != 0) {
        return false;
    }
    sscanf(rest, "and %u more unknown symbols\n%n", &nr, &length);
    return length != 0 || strncmp(rest, "unknown symbol '", 16) == 0;
}

unsigned int host_refusal_lines(const char *payload, int rc)
{
    char start[XEN_LIVEPATCH_NAME_SIZE + sizeof("livepatch: : ")];
    const char *line = host_log();
    unsigned int nr = 0;

    snprintf(start, sizeof(start), "livepatch: %s: ", payload);
    for (const char *end; (end = strchr(line, '\n')); line = end + 1) {
        nr += is_of_unknown_symbol(line, start);
    }
    return nr && rc == -ENOENT ? nr : nr + 1;
}
