/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What arm64's assembler and linker made of this folder, for the tests, which
 * run on another machine.
 */
#define REFERENCE(name, file)                                                  \
    .globl reference_##name, reference_##name##_end;                           \
    .balign 8;                                                                 \
    reference_##name : .incbin file;                                           \
    reference_##name##_end:

    .section .rodata, "a"
    REFERENCE(relocations, "relocations.o")
    REFERENCE(low, "low.elf")
    REFERENCE(high, "high.elf")
    REFERENCE(negative, "negative.elf")
    REFERENCE(alternatives, "alternatives.elf")
    REFERENCE(encodings, "encodings.elf")
    REFERENCE(payload, "payload.livepatch")

    .section .note.GNU-stack, "", @progbits
