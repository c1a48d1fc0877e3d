/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ELF files made by code: a payload and a xen-syms with which nothing is wrong.
 * A test takes one, breaks one thing in it and writes it to a file. Sections
 * are addressed by name, so that a test reads like what it breaks.
 */
#ifndef TESTS_SAMPLE_ELF_H
#define TESTS_SAMPLE_ELF_H

#include <elf.h>
#include <stddef.h>
#include <stdint.h>

#define SAMPLE_SECTIONS_MAX 32

struct sample_section {
    const char *name;
    Elf64_Shdr header; /* sh_name and sh_offset are set by sample_write() */
    unsigned char bytes[1024];
};

struct sample_elf {
    Elf64_Ehdr header;
    unsigned int nr_sections;
    struct sample_section sections[SAMPLE_SECTIONS_MAX];
};

/*
 * For hypervisor 01 02 ... 14 (20 bytes), on top of it, own id a1 a2 ... b4.
 * Replaces xen_extra_version (old 16 bytes, new 9 bytes); one load hook;
 * metadata "author=me", "b=2"; calls printk, which is undefined.
 */
void sample_payload_make(struct sample_elf *elf);

/* That hypervisor: xen_extra_version, printk, static common/foo.c#hidden, and
 * start_of_day in .init.text. */
void sample_xen_make(struct sample_elf *elf);

/*
 * The same at a hypervisor's addresses, with the names of its bounds: text at
 * SAMPLE_XEN_START, xen_extra_version 16 bytes behind printk, and 4 KiB further
 * each .init.text and the build-id.
 */
#define SAMPLE_XEN_START 0xffff82d040200000U
void sample_xen_make_placed(struct sample_elf *elf);

/* That one as this project builds it: the last 16 bytes of its text are the
 * patching path. */
void sample_xen_make_ours(struct sample_elf *elf);

/* The index of a section; fails the test when there is none. */
unsigned int sample_index(const struct sample_elf *elf, const char *name);
struct sample_section *sample_section(struct sample_elf *elf, const char *name);
Elf64_Sym *sample_symbol(struct sample_elf *elf, unsigned int index);
Elf64_Rela *sample_relocation(struct sample_elf *elf, const char *section,
                              unsigned int index);

/* Symbols of the payload, by index. */
enum {
    SAMPLE_STRINGS = 1, /* the section symbol of .rodata.str1.1 */
    SAMPLE_NEW_FUNCTION,
    SAMPLE_PRINTK,
    SAMPLE_NR_SYMBOLS,
};

/* And of the hypervisor. */
enum {
    SAMPLE_XEN_EXTRA_VERSION = 4,
    SAMPLE_XEN_PRINTK,
    SAMPLE_XEN_INIT, /* start_of_day */
};

/* A function more: its index follows those that are there. */
void sample_add_symbol(struct sample_elf *elf, const char *name,
                       unsigned char binding, const char *section,
                       uint64_t value);

/* A loaded section more, of so many bytes of zeros, with alignment 4, and an
 * empty section of relocations for it, whose name begins with ".rela". */
struct sample_section *sample_add_section(struct sample_elf *elf,
                                          const char *name, uint64_t flags,
                                          size_t nr_bytes);
void sample_add_relocations(struct sample_elf *elf, const char *name,
                            const char *target);

/* A record R_X86_64_64 more at the end of a section of them. */
void sample_add_relocation(struct sample_elf *elf, const char *section,
                           uint64_t offset, uint64_t symbol, int64_t addend);

/* Put `name`, not longer than the string `old`, in the place of it. */
void sample_rename(struct sample_section *strings, const char *old,
                   const char *name);

void sample_write(const struct sample_elf *elf, const char *path);

#endif
