/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sections of a relocatable payload into plain values. Pointers in an entry of
 * .livepatch.funcs are relocations: the name is where the relocation at the
 * pointer's place leads to.
 *
 * Example: entry 1 lies at bytes 104 to 207 of the section; its name is the
 * string at symbol + addend of the relocation at 104, its new function that of
 * the relocation at 112; with none at 112 the old function becomes NOPs.
 */
#include "lib/payload_elf.h"

#include <string.h>

/* Offsets in struct livepatch_func. */
enum {
    FUNC_NAME = 0,
    FUNC_NEW_ADDR = 8,
    FUNC_OLD_ADDR = 16,
    FUNC_NEW_SIZE = 24,
    FUNC_OLD_SIZE = 28,
    FUNC_VERSION = 32,
    FUNC_EXPECT =
        72, /* bit 0: enabled; 1 to 5: how many; 6, 7: 0; then the bytes */
};

const struct hook_kind hook_kinds[NR_HOOK_KINDS] = {
    {"load", ".livepatch.hooks.load", true},
    {"unload", ".livepatch.hooks.unload", true},
    {"preapply", ".livepatch.hooks.preapply", false},
    {"apply", ".livepatch.hooks.apply", false},
    {"postapply", ".livepatch.hooks.postapply", false},
    {"prerevert", ".livepatch.hooks.prerevert", false},
    {"revert", ".livepatch.hooks.revert", false},
    {"postrevert", ".livepatch.hooks.postrevert", false},
};

static size_t padded(uint32_t nr_bytes)
{
    return ((size_t)nr_bytes + 3) & ~(size_t)3;
}

struct build_id build_id_in(const unsigned char *notes, size_t nr_bytes)
{
    Elf64_Nhdr note;

    while (notes && nr_bytes >= sizeof(note)) {
        size_t name_bytes;
        size_t id_bytes;

        memcpy(&note, notes, sizeof(note));
        notes += sizeof(note);
        nr_bytes -= sizeof(note);
        name_bytes = padded(note.n_namesz);
        if (name_bytes > nr_bytes || note.n_descsz > nr_bytes - name_bytes) {
            break;
        }
        if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 &&
            !memcmp(notes, "GNU", 4)) {
            return (struct build_id){notes + name_bytes, note.n_descsz};
        }
        id_bytes = padded(note.n_descsz);
        if (id_bytes > nr_bytes - name_bytes) {
            break;
        }
        notes += name_bytes + id_bytes;
        nr_bytes -= name_bytes + id_bytes;
    }
    return (struct build_id){NULL, 0};
}

bool build_id_is_same(struct build_id one, struct build_id other)
{
    return one.nr_bytes == other.nr_bytes &&
           (!one.nr_bytes || !memcmp(one.bytes, other.bytes, one.nr_bytes));
}

void build_id_print(struct build_id id, FILE *out)
{
    if (!id.nr_bytes) {
        fputs("none", out);
    }
    for (size_t i = 0; i < id.nr_bytes; i++) {
        fprintf(out, "%02x", id.bytes[i]);
    }
}

/* The bytes of the section of that name; NULL when there are none. */
static const unsigned char *find_bytes(const struct elf_file *elf,
                                       const char *name, size_t *nr_bytes)
{
    uint32_t index = elf_file_find(elf, name);
    Elf64_Shdr section;

    *nr_bytes = 0;
    if (!index) {
        return NULL;
    }
    section = elf_file_section(elf, index);
    if (section.sh_type != SHT_NOBITS) {
        *nr_bytes = section.sh_size;
    }
    return elf_file_bytes(elf, &section);
}

struct build_id payload_build_id(const struct elf_file *elf,
                                 const char *section)
{
    size_t nr_bytes;
    const unsigned char *notes = find_bytes(elf, section, &nr_bytes);

    return build_id_in(notes, nr_bytes);
}

/* Entries of another version are counted as the newest one's. */
static uint32_t bytes_of_func(const unsigned char *first, size_t nr_bytes)
{
    return nr_bytes >= FUNC_BYTES_OF_1 && first[FUNC_VERSION] == 1
               ? FUNC_BYTES_OF_1
               : FUNC_BYTES;
}

bool payload_is_before_4_14(const struct elf_file *elf)
{
    size_t nr_bytes;
    const unsigned char *first = find_bytes(elf, SECTION_FUNCS, &nr_bytes);

    return !elf_file_find(elf, SECTION_XEN_DEPENDS) &&
           bytes_of_func(first, nr_bytes) == FUNC_BYTES_OF_1;
}

bool payload_has_own_data(const struct elf_file *elf)
{
    const uint64_t wanted = SHF_ALLOC | SHF_WRITE;

    for (uint32_t i = 1; i < elf->header.e_shnum; i++) {
        const Elf64_Shdr section = elf_file_section(elf, i);

        if ((section.sh_flags & wanted) == wanted && section.sh_size != 0 &&
            strcmp(elf_file_section_name(elf, &section), SECTION_FUNCS) != 0) {
            return true;
        }
    }
    return false;
}

uint32_t payload_nr_funcs(const struct elf_file *elf)
{
    size_t nr_bytes;
    const unsigned char *first = find_bytes(elf, SECTION_FUNCS, &nr_bytes);

    return (uint32_t)(nr_bytes / bytes_of_func(first, nr_bytes));
}

/* The size of the function that a pointer leads to; new_size need not tell. */
static uint32_t size_at(const struct elf_file *elf,
                        const struct payload_pointer *pointer,
                        uint32_t otherwise)
{
    for (uint32_t i = 1; pointer->kind == POINTER_INSIDE && i < elf->nr_symbols;
         i++) {
        Elf64_Sym symbol = elf_file_symbol(elf, i);

        if (symbol.st_shndx == pointer->section &&
            symbol.st_value == pointer->value && symbol.st_size &&
            ELF64_ST_TYPE(symbol.st_info) == STT_FUNC) {
            return symbol.st_size < UINT32_MAX ? (uint32_t)symbol.st_size
                                               : UINT32_MAX;
        }
    }
    return otherwise;
}

struct payload_func payload_func_at(const struct elf_file *elf, uint32_t i)
{
    uint32_t index = elf_file_find(elf, SECTION_FUNCS);
    Elf64_Shdr section = elf_file_section(elf, index);
    const unsigned char *first = elf_file_bytes(elf, &section);
    uint32_t func_bytes = bytes_of_func(first, section.sh_size);
    uint64_t start = (uint64_t)i * func_bytes;
    const unsigned char *bytes = first + start;
    struct payload_func func = {.version = bytes[FUNC_VERSION]};
    struct payload_pointer name;

    if (func_bytes > FUNC_EXPECT && bytes[FUNC_EXPECT] & 1) {
        func.nr_expected = bytes[FUNC_EXPECT] >> 1 & 31;
        func.expected = bytes + FUNC_EXPECT + 1;
    }
    memcpy(&func.new_size, bytes + FUNC_NEW_SIZE, sizeof(func.new_size));
    memcpy(&func.old_size, bytes + FUNC_OLD_SIZE, sizeof(func.old_size));
    name = payload_pointer_at(elf, index, start + FUNC_NAME);
    func.name = payload_pointer_string(elf, &name);
    func.old = payload_pointer_at(elf, index, start + FUNC_OLD_ADDR);
    func.replacement = payload_pointer_at(elf, index, start + FUNC_NEW_ADDR);
    func.is_nops = func.replacement.kind == POINTER_NULL;
    func.replacement_bytes = size_at(elf, &func.replacement, func.new_size);
    func.old_addr = func.old.kind == POINTER_ADDRESS ? func.old.value : 0;
    return func;
}

/* How many symbols and relocations are looked at: a second, or so; 5000 entries
 * of three relocations each are below it. */
#define WORK_MAX 400000000U

bool payload_is_endless(const struct elf_file *elf)
{
    uint32_t index = elf_file_find(elf, SECTION_FUNCS);
    uint64_t nr_looks = elf->nr_symbols;

    for (uint32_t i = 1; index && i < elf->header.e_shnum; i++) {
        Elf64_Shdr section = elf_file_section(elf, i);

        if (section.sh_type == SHT_RELA && section.sh_info == index &&
            section.sh_entsize >= sizeof(Elf64_Rela)) {
            nr_looks += 3 * (section.sh_size / section.sh_entsize);
        }
    }
    return payload_nr_funcs(elf) * nr_looks > WORK_MAX;
}

uint32_t payload_nr_hooks(const struct elf_file *elf,
                          const struct hook_kind *kind)
{
    size_t nr_bytes;

    find_bytes(elf, kind->section, &nr_bytes);
    return (uint32_t)(nr_bytes / sizeof(uint64_t));
}

const char *payload_metadata(const struct elf_file *elf, size_t *nr_bytes)
{
    return (const char *)find_bytes(elf, SECTION_METADATA, nr_bytes);
}
