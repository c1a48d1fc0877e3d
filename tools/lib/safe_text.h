/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Printing bytes that somebody else wrote (hypervisor log, names, metadata)
 * so that they cannot drive the terminal.
 */
#ifndef XEN_LIVEPATCH_SAFE_TEXT_H
#define XEN_LIVEPATCH_SAFE_TEXT_H

#include <stddef.h>
#include <stdio.h>

/*
 * Print `nr_bytes` bytes: printable ASCII as it is; on a terminal whose locale
 * says UTF-8, other characters that can be seen and leave the line alone, too;
 * any other byte as \xNN. Gives the number of columns printed, one for a
 * character.
 */
size_t safe_print(FILE *out, const char *bytes, size_t nr_bytes);

#endif
