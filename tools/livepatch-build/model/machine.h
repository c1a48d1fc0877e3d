/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the comparer has to know of an instruction set: which relocations there
 * are, how many bytes each one fills, and what the addend of one in text
 * means. One table a machine.
 */
#ifndef BUILDER_MACHINE_H
#define BUILDER_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

struct section;

/* Kinds that mean the same to the comparer are one kind. */
enum field_kind {
    FIELD_UNKNOWN,
    FIELD_ADDRESS,  /* the target's address */
    FIELD_DISTANCE, /* to the target, from the field */
    FIELD_BRANCH,   /* 〃, and that is where the code goes */
    FIELD_PAGE,     /* the target's page, or its place in it */
};

struct field {
    enum field_kind kind;
    uint8_t bytes;
    uint32_t mask; /* of an instruction's bits that are filled; 0: all bytes */
    uint8_t shift; /* of the value's low bits these are not in the field */
};

struct machine {
    uint16_t elf; /* e_machine */
    const char *name;
    struct field (*field)(uint32_t relocation_type);
    /*
     * For each relocation of a section of code: bytes from the start of the
     * field to where a distance in it is counted from (`tails`, one each).
     */
    void (*find_tails)(const struct section *section, uint8_t *tails);
    /* Whether what is filled in there is where a call or a jump goes. */
    bool (*is_branch)(const unsigned char *code, uint64_t offset,
                      uint32_t relocation_type);
    uint32_t function_bytes_least; /* what a trampoline needs */
    uint32_t pointer; /* the relocation that is an address of 8 bytes */
    uint8_t trap;     /* a byte of code that nobody may come to */
    /* How many bytes at the start of a function stay: a landing pad. */
    uint32_t (*pad_bytes)(const unsigned char *code, uint64_t nr_bytes);
    /* Whether all of it is what lies between functions: it does nothing. */
    bool (*is_filler)(const unsigned char *code, uint64_t nr_bytes);
    /* Whether code from `start` to `end` of a section of text goes, or points,
     * to where it is not any more, without a relocation. */
    bool (*leaves)(const struct section *section, uint64_t start, uint64_t end);
};

/* NULL: not known. */
const struct machine *machine_of(uint16_t elf);

extern const struct machine machine_x86, machine_arm;

#endif
