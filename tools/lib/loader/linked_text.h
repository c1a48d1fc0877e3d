/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Lines about addresses of this process, as the hypervisor would write them.
 */
#ifndef TOOLS_LOADER_LINKED_TEXT_H
#define TOOLS_LOADER_LINKED_TEXT_H

#include "lib/loader/image.h"

/*
 * Copies `line` to the `nr_bytes` bytes of `text`, cut if need be; hexadecimal
 * numbers in it that are addresses in the image's window become linked ones.
 * Example: "at 000022d040200010" becomes "at ffff82d040200010".
 */
void linked_text(const struct image *image, const char *line, char *text,
                 size_t nr_bytes);

#endif
