/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Makes payloads in memory. A builder takes sections, symbols and relocations
 * one by one and lays out a relocatable object; payload_start() fills a
 * builder with a valid payload for the fake hypervisor, to which a test adds
 * what it is about. The finished file is one heap block of exactly its size,
 * with accessors that a test uses to break one thing in it. Made for files of
 * thousands of sections, symbols and records as well as for small ones.
 */
#ifndef HOST_PAYLOAD_BUILDER_H
#define HOST_PAYLOAD_BUILDER_H

#include <stddef.h>

#include <xen/elfstructs.h>
#include <xen/types.h>
#include <public/sysctl.h>

#include "host_arch.h"

/* ---- any object file --------------------------------------------------- */

struct payload_builder;

struct payload_builder *builder_new(void);

/*
 * Adds a section; content NULL: `bytes` zeros (for SHT_NOBITS: none in the
 * file). Names are copied. Returns its index.
 */
uint32_t builder_section(struct payload_builder *builder, const char *name,
                         uint32_t type, uint64_t flags, uint64_t align,
                         const void *content, size_t bytes);

/* Adds bytes at the end of a section; returns their offset in it. */
uint64_t builder_append(struct payload_builder *builder, uint32_t section,
                        const void *content, size_t bytes);

/* The index of a section that was added; 0 when there is none. */
uint32_t builder_find(const struct payload_builder *builder, const char *name);

/* The sections that the file would have if it were finished now. */
uint32_t builder_nr_sections(const struct payload_builder *builder);

/* Adds a symbol; returns its index. info: ELF64_ST_INFO(). */
uint32_t builder_symbol(struct payload_builder *builder, const char *name,
                        uint16_t section, uint64_t value, uint8_t info);

/* Adds a record to section .rela<target's name>, made when it is missing. */
void builder_relocation(struct payload_builder *builder, uint32_t target,
                        uint64_t offset, uint32_t type, uint32_t symbol,
                        int64_t addend);

/* A GNU build-id note as a section of that name. */
uint32_t builder_note(struct payload_builder *builder, const char *name,
                      const void *id, uint32_t len);

struct payload_file {
    uint8_t *bytes;
    size_t size;
};

/* Lays out the file and frees the builder. The file is the caller's. */
struct payload_file builder_finish(struct payload_builder *builder);
void builder_discard(struct payload_builder *builder);
void payload_file_free(struct payload_file *file);

/* ---- parts of a finished file ------------------------------------------ */

Elf_Ehdr *file_header(const struct payload_file *file);
Elf_Shdr *file_section(const struct payload_file *file, uint32_t index);
uint32_t file_find_section(const struct payload_file *file, const char *name);
Elf_Shdr *file_named_section(const struct payload_file *file, const char *name);
uint8_t *file_content(const struct payload_file *file, const char *name);
Elf_Sym *file_symbol(const struct payload_file *file, uint32_t index);
Elf_RelA *file_record(const struct payload_file *file, const char *section,
                      uint32_t index);

/*
 * One number to be written into a finished file: `bytes` bytes at `offset` of
 * the ELF header (section NULL), of the header of the section of that name
 * (is_content false) or of its content.
 */
struct file_edit {
    const char *section;
    bool is_content;
    uint64_t offset;
    unsigned int bytes;
    uint64_t value;
};

#define EDIT_HEADER(field, number)                                             \
    {                                                                          \
        .offset = offsetof(Elf_Ehdr, field),                                   \
        .bytes = sizeof(((Elf_Ehdr *)0)->field), .value = (number)             \
    }
#define EDIT_SECTION(name, field, number)                                      \
    {                                                                          \
        .section = (name), .offset = offsetof(Elf_Shdr, field),                \
        .bytes = sizeof(((Elf_Shdr *)0)->field), .value = (number)             \
    }
#define EDIT_CONTENT(name, at, size, number)                                   \
    {                                                                          \
        .section = (name), .is_content = true, .offset = (at),                 \
        .bytes = (size), .value = (number)                                     \
    }

void file_edit(const struct payload_file *file, const struct file_edit *edit);

/* ---- a valid payload --------------------------------------------------- */

struct payload_function {
    const char *old_name;
    const void *old_addr; /* NULL: to be found by name */
    uint32_t old_size;
    const void *code; /* of the replacement; NULL: fill with NOPs */
    uint32_t code_bytes;
    uint32_t new_size; /* NOP bytes; 0: code_bytes */
    struct livepatch_expectation expect;
};

struct payload_description {
    const struct payload_function *functions;
    unsigned int nr_functions;
    uint8_t id;           /* its build-id: this byte 20 times */
    uint8_t depends;      /* the same of what it lies on; 0: the hypervisor */
    const char *metadata; /* .modinfo, NULL: none */
    size_t metadata_bytes;
    bool has_data; /* a .data of 8 bytes and a .bss of 64 */
};

#define PAYLOAD_ID_BYTES 20

/*
 * A payload as described: sections .text (a replacement each, at 16 bytes),
 * .rodata.str, .livepatch.funcs (not writable), the three notes and what else
 * the description asks for. Symbols: new_0, new_1, ... and one a section.
 */
struct payload_builder *payload_start(const struct payload_description *what);
struct payload_file payload_make(const struct payload_description *what);

/* Replaces `answer` by a function that returns 42; build-id 0x11. */
extern const struct payload_description payload_simple;
extern const uint8_t payload_return_42[HOST_RETURN_BYTES];

#endif
