/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a payload is called when nobody says: as the file that it comes from.
 */
#ifndef BUILDER_COMMAND_PAYLOAD_NAME_H
#define BUILDER_COMMAND_PAYLOAD_NAME_H

/* The name of a file without its folder and ending, to be free()d:
 * "out/fix.livepatch" is "fix". */
char *payload_name_of(const char *path);

#endif
