/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Names of payloads: the ABI bounds their length; that they are not empty and
 * carry nothing that could drive a terminal is our own rule, kept before
 * anything is sent. Bytes from 0x80 on are taken: names may be UTF-8.
 */
#include "hypervisor/payload_name.h"

#include <errno.h>
#include <string.h>

#include "lib/safe_text.h"

static const char *find_control_character(const char *name)
{
    for (; *name; name++) {
        if ((unsigned char)*name < ' ' || *name == 0x7f) {
            return name;
        }
    }
    return NULL;
}

static void complain_of_control_character(const char *name, const char *at,
                                          FILE *err)
{
    fputs("ID must have no control characters: '", err);
    safe_print(err, name, strlen(name));
    fprintf(err, "' has 0x%02x at byte %zu.\n", (unsigned char)*at,
            (size_t)(at - name) + 1);
}

int payload_name_check(const char *name, FILE *err)
{
    size_t length = strlen(name);
    const char *control = find_control_character(name);

    if (!length) {
        fprintf(err, "ID must be 1 to %u characters long, it has 0.\n",
                PAYLOAD_NAME_LENGTH_MAX);
        return -EINVAL;
    }
    if (length > PAYLOAD_NAME_LENGTH_MAX) {
        fprintf(err, "ID must be no more than %u characters, '",
                PAYLOAD_NAME_LENGTH_MAX);
        safe_print(err, name, 16);
        fprintf(err, "...' has %zu.\n", length);
        return -EINVAL;
    }
    if (control) {
        complain_of_control_character(name, control, err);
        return -EINVAL;
    }
    return 0;
}

char *payload_name_of_file(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *start = slash ? slash + 1 : path;
    const char *dot = strrchr(start, '.');

    return dot ? strndup(start, (size_t)(dot - start)) : strdup(start);
}
