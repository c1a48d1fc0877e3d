/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A relocatable object in the making, in memory: sections that grow, their
 * relocations, symbols. Knows nothing of payloads; what becomes of it is
 * file.h.
 *
 * Symbol i is that of section i, as long as all sections are made before the
 * first symbol is.
 */
#ifndef BUILDER_OUTPUT_H
#define BUILDER_OUTPUT_H

#include <elf.h>
#include <stddef.h>
#include <stdint.h>

#include "model/machine.h"

struct output_section {
    const char *name;
    uint32_t type;
    uint64_t flags, align, size;
    unsigned char *bytes; /* NULL for SHT_NOBITS */
    size_t room;
    Elf64_Rela *relocations;
    size_t nr_relocations, relocation_room;
};

struct output {
    const struct machine *machine;
    struct output_section *sections; /* the first one is nobody's */
    uint32_t nr_sections;
    Elf64_Sym *symbols;
    size_t nr_symbols, symbol_room;
    uint32_t nr_local; /* symbols that come before all others */
    char *names;       /* of symbols */
    size_t names_bytes, names_room;
    /* Where in `names` digits of the object's id are to be: zeros at first. */
    size_t *digits;
    size_t nr_digits, digits_room;
};

#define OUTPUT_ID_DIGITS 8

void output_open(struct output *output, const struct machine *machine);
void output_close(struct output *output);

/* The section of that name, which outlives *output; made when there is none.
 * Only then are its type and flags looked at. */
uint32_t output_section(struct output *output, const char *name, uint32_t type,
                        uint64_t flags);

/* The same, or 0. */
uint32_t output_find(const struct output *output, const char *name);

/*
 * Room for `size` bytes at the end of a section, at a multiple of `align`,
 * which is a power of two; its offset. The bytes are zero; where code has a gap
 * before them, it is of traps.
 */
uint64_t output_room(struct output *output, uint32_t section, uint64_t size,
                     uint64_t align);

/* Puts bytes into room that was taken. */
void output_put(struct output *output, uint32_t section, uint64_t offset,
                const void *bytes, size_t nr);

/* Where in a section, and what it leads to. */
struct output_relocation {
    uint64_t offset;
    uint32_t type, symbol;
    int64_t addend;
};

void output_relocate(struct output *output, uint32_t section,
                     const struct output_relocation *relocation);

/* A symbol with what `symbol` says but its name, of `name_bytes` bytes; gives
 * its index. */
uint32_t output_symbol(struct output *output, const Elf64_Sym *symbol,
                       const char *name, size_t name_bytes);

/* The same; its name gets a dot and digits of the object's id at its end. */
uint32_t output_symbol_with_id(struct output *output, const Elf64_Sym *symbol,
                               const char *name, size_t name_bytes);

#endif
