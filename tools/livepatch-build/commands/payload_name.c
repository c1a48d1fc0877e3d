// SPDX-License-Identifier: GPL-2.0
/*
 * A dot at the start of a name begins no ending.
 */
#include "commands/payload_name.h"

#include <string.h>

#include "lib/memory.h"

char *payload_name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');

    return dot && dot > name ? must_format("%.*s", (int)(dot - name), name)
                             : must_copy(name);
}
