/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The constants that assembly knows of C's structures (asm-offsets.h): where
 * one differs, a structure that code of assembly uses has moved.
 */
#ifndef BUILDER_CONSTANTS_H
#define BUILDER_CONSTANTS_H

#include "base/findings.h"

/* Paths of the file before and after; NULL: the tree has none. Each constant
 * that differs, is new or gone is refused. A file that cannot be read is
 * refused, too. */
void constants_compare(const char *before, const char *after,
                       struct findings *findings);

#endif
