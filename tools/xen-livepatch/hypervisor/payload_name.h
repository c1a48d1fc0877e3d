/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What may be a payload's name, and the name that a file gives to its payload.
 * Pure: prints to the stream it is given, asks nobody.
 */
#ifndef XEN_LIVEPATCH_PAYLOAD_NAME_H
#define XEN_LIVEPATCH_PAYLOAD_NAME_H

#include <stdio.h>

#include "hypervisor/payload.h"

/*
 * Check a name that an admin gave. Gives 0, or -EINVAL after saying on `err`
 * what is wrong with it: empty, too long, or with a control character.
 */
int payload_name_check(const char *name, FILE *err);

/*
 * The name for the payload in file `path`: the last component without its last
 * extension, allocated (free() it); NULL when there is no memory. It still has
 * to be checked: "dir/.x" gives the empty name.
 */
char *payload_name_of_file(const char *path);

#endif
