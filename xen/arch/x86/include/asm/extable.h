/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An entry of the exception table, in the assembler's words, for inline
 * assembly of the hypervisor and of payloads.
 */
#ifndef ASM_EXTABLE_H
#define ASM_EXTABLE_H

/*
 * When the instruction at label `from` takes an exception, go on at label `to`
 * with the registers as they are. Not for NMIs, machine checks, double faults
 * and debug exceptions, which do not belong to an instruction.
 */
#define ASM_EXTABLE(from, to)                                                  \
    ".pushsection .ex_table, \"a\", @progbits\n"                               \
    ".balign 4\n"                                                              \
    ".long " #from " - .\n"                                                    \
    ".long " #to " - .\n"                                                      \
    ".popsection\n"

#endif
