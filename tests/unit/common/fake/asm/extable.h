/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Entries of an exception table as the product's, but in a section whose bounds
 * the linker tells a user-mode program.
 */
#ifndef ASM_EXTABLE_H
#define ASM_EXTABLE_H

#define ASM_EXTABLE(from, to)                                                  \
    ".pushsection ex_table, \"a\", @progbits\n"                                \
    ".balign 4\n"                                                              \
    ".long " #from " - .\n"                                                    \
    ".long " #to " - .\n"                                                      \
    ".popsection\n"

#endif
