/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a payload file says of itself: its build-ids, metadata, functions and
 * hooks. Takes a checked ELF view, gives what could be made out, with "not
 * there" wherever something is missing or malformed; complaining is for
 * the loader (loader.h). All pointers go into the file's bytes.
 *
 * Source: Xen public header xen/sysctl.h (struct livepatch_func) and the
 * sections that Xen's loader knows.
 */
#ifndef XEN_LIVEPATCH_PAYLOAD_ELF_H
#define XEN_LIVEPATCH_PAYLOAD_ELF_H

#include "lib/elf_file.h"
#include "lib/payload_pointer.h"

/*
 * Bytes of one entry of .livepatch.funcs: of version 2, since Xen 4.14; of
 * version 1, which ends before the bytes that are expected.
 */
#define FUNC_BYTES 104U
#define FUNC_BYTES_OF_1 64U

struct build_id {
    const unsigned char *bytes;
    size_t nr_bytes; /* 0: not there */
};

/* The first GNU build-id among the notes in `nr_bytes` bytes. */
struct build_id build_id_in(const unsigned char *notes, size_t nr_bytes);
bool build_id_is_same(struct build_id one, struct build_id other);
void build_id_print(struct build_id id, FILE *out);

/* That of a section; not there when the section or its note is not. */
struct build_id payload_build_id(const struct elf_file *elf,
                                 const char *section);

#define SECTION_OWN_ID ".note.gnu.build-id"
#define SECTION_DEPENDS ".livepatch.depends"
#define SECTION_XEN_DEPENDS ".livepatch.xen_depends"
#define SECTION_FUNCS ".livepatch.funcs"
#define SECTION_METADATA ".modinfo"

/* One entry of .livepatch.funcs. */
struct payload_func {
    const char *name; /* of the function that is replaced; NULL: unknown */
    bool is_nops;     /* no new function: its start becomes NOPs */
    struct payload_pointer old; /* POINTER_NULL: looked up by name */
    struct payload_pointer replacement;
    uint64_t old_addr; /* when the entry itself has it, else 0 */
    uint32_t new_size;
    uint32_t old_size;
    uint32_t replacement_bytes; /* by its symbol, else new_size */
    uint8_t version;
    uint8_t nr_expected; /* bytes that the old function must have; 0: any */
    const unsigned char *expected; /* NULL: nothing is expected */
};

/*
 * Whether it was made for Xen before 4.14: its entries, of 64 bytes, say
 * version 1, and nothing says which hypervisor it is for.
 */
bool payload_is_before_4_14(const struct elf_file *elf);

/*
 * Whether it has something to write into that is its own. What that holds after
 * a revert is not what it was built with, so it is not applied again without
 * being loaded anew. The loader may write into its entries; they do not count.
 */
bool payload_has_own_data(const struct elf_file *elf);

/* All have the version of the first. */
uint32_t payload_nr_funcs(const struct elf_file *elf);

/* i < payload_nr_funcs() */
struct payload_func payload_func_at(const struct elf_file *elf, uint32_t i);

/* Whether reading each entry once would take minutes to hours. Each looks at
 * all symbols and relocations, and sections may overlap: the file's size is no
 * bound. Ask before payload_func_at() of them all. */
bool payload_is_endless(const struct elf_file *elf);

/* The kinds of hooks, each a section of pointers. */
struct hook_kind {
    const char *name;
    const char *section;
    bool is_list; /* any number of pointers; otherwise one */
};

#define NR_HOOK_KINDS 8U
extern const struct hook_kind hook_kinds[NR_HOOK_KINDS];

uint32_t payload_nr_hooks(const struct elf_file *elf,
                          const struct hook_kind *kind);

/* Metadata, *nr_bytes of it; NULL when there is none. */
const char *payload_metadata(const struct elf_file *elf, size_t *nr_bytes);

#endif
