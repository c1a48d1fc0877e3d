// SPDX-License-Identifier: GPL-2.0
/*
 * libelf writes it, at places that are chosen here: header, each section where
 * the one before it ends and its alignment lets it, their relocations, symbols,
 * names, the table of sections. Into memory: what is written to a disk has been
 * tried before.
 */
#include "write/file.h"

#include <errno.h>
#include <libelf.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "choose/plan.h"
#include "lib/payload_elf.h"
#include "lib/memory.h"
#include "write/records.h"

#define RELOCATIONS_OF ".rela"

struct part {
    Elf64_Shdr header;
    const void *bytes;
    Elf_Type type;
};

/* The file's sections, each with its place. */
struct plan_of_file {
    struct part *parts; /* the first one is nobody's */
    uint32_t nr_parts;
    char *names;
    size_t names_bytes;
    uint64_t end; /* of all sections: there is their table */
};

static uint32_t add_name(struct plan_of_file *file, const char *prefix,
                         const char *name)
{
    const size_t at = file->names_bytes;
    const size_t first = strlen(prefix);
    const size_t second = strlen(name) + 1;

    file->names = must_resize(file->names, at + first + second, 1);
    memcpy(file->names + at, prefix, first);
    memcpy(file->names + at + first, name, second);
    file->names_bytes += first + second;
    return (uint32_t)at;
}

static void add_part(struct plan_of_file *file, Elf64_Shdr header,
                     const void *bytes, Elf_Type type)
{
    const uint64_t align = header.sh_addralign;

    header.sh_offset = (file->end + align - 1) & ~(align - 1);
    file->end = header.sh_offset;
    if (header.sh_type != SHT_NOBITS) {
        file->end += header.sh_size;
    }
    file->parts[file->nr_parts++] = (struct part){header, bytes, type};
}

static void add_relocations(struct plan_of_file *file,
                            const struct output *output, uint32_t symtab)
{
    for (uint32_t i = 1; i < output->nr_sections; i++) {
        const struct output_section *section = &output->sections[i];

        if (section->nr_relocations == 0) {
            continue;
        }
        add_part(file,
                 (Elf64_Shdr){
                     .sh_name = add_name(file, RELOCATIONS_OF, section->name),
                     .sh_type = SHT_RELA,
                     .sh_flags = SHF_INFO_LINK,
                     .sh_size = section->nr_relocations * sizeof(Elf64_Rela),
                     .sh_entsize = sizeof(Elf64_Rela),
                     .sh_addralign = sizeof(uint64_t),
                     .sh_link = symtab,
                     .sh_info = i,
                 },
                 section->relocations, ELF_T_RELA);
    }
}

static void add_symbols(struct plan_of_file *file, const struct output *output)
{
    add_part(file,
             (Elf64_Shdr){
                 .sh_name = add_name(file, "", ".symtab"),
                 .sh_type = SHT_SYMTAB,
                 .sh_size = output->nr_symbols * sizeof(Elf64_Sym),
                 .sh_entsize = sizeof(Elf64_Sym),
                 .sh_addralign = sizeof(uint64_t),
                 .sh_link = file->nr_parts + 1,
                 .sh_info = output->nr_local,
             },
             output->symbols, ELF_T_SYM);
    add_part(file,
             (Elf64_Shdr){.sh_name = add_name(file, "", ".strtab"),
                          .sh_type = SHT_STRTAB,
                          .sh_size = output->names_bytes,
                          .sh_addralign = 1},
             output->names, ELF_T_BYTE);
}

static uint32_t count_relocated(const struct output *output)
{
    uint32_t nr = 0;

    for (uint32_t i = 1; i < output->nr_sections; i++) {
        nr += output->sections[i].nr_relocations != 0;
    }
    return nr;
}

static struct plan_of_file plan_file(const struct output *output)
{
    const uint32_t symtab = output->nr_sections + count_relocated(output);
    struct plan_of_file file = {
        .parts = must_alloc_items(symtab + 3, sizeof(*file.parts)),
        .end = sizeof(Elf64_Ehdr),
    };
    uint32_t name;

    add_name(&file, "", "");
    file.nr_parts = 1;
    for (uint32_t i = 1; i < output->nr_sections; i++) {
        const struct output_section *section = &output->sections[i];

        add_part(&file,
                 (Elf64_Shdr){.sh_name = add_name(&file, "", section->name),
                              .sh_type = section->type,
                              .sh_flags = section->flags,
                              .sh_size = section->size,
                              .sh_addralign = section->align},
                 section->bytes, ELF_T_BYTE);
    }
    add_relocations(&file, output, symtab);
    add_symbols(&file, output);
    name = add_name(&file, "", ".shstrtab");
    add_part(&file,
             (Elf64_Shdr){.sh_name = name,
                          .sh_type = SHT_STRTAB,
                          .sh_size = file.names_bytes,
                          .sh_addralign = 1},
             file.names, ELF_T_BYTE);
    file.end = (file.end + sizeof(uint64_t) - 1) & ~(sizeof(uint64_t) - 1);
    return file;
}

static uint64_t all_bytes(const struct plan_of_file *file)
{
    return file->end + file->nr_parts * sizeof(Elf64_Shdr);
}

static void forget(struct plan_of_file *file)
{
    free(file->parts);
    free(file->names);
}

uint64_t file_bytes(const struct output *output)
{
    struct plan_of_file file = plan_file(output);
    const uint64_t bytes = all_bytes(&file);

    forget(&file);
    return bytes;
}

static bool give_part(Elf *elf, const struct part *part)
{
    Elf_Scn *section = elf_newscn(elf);
    Elf_Data *content = section ? elf_newdata(section) : NULL;
    Elf64_Shdr *header = section ? elf64_getshdr(section) : NULL;

    if (!content || !header) {
        return false;
    }
    *header = part->header;
    content->d_buf = (void *)part->bytes;
    content->d_type = part->type;
    content->d_size = part->header.sh_size;
    content->d_align = part->header.sh_addralign;
    content->d_version = EV_CURRENT;
    return true;
}

static bool give_all(Elf *elf, const struct plan_of_file *file,
                     uint16_t machine)
{
    Elf64_Ehdr *header = elf64_newehdr(elf);

    if (!header) {
        return false;
    }
    elf_flagelf(elf, ELF_C_SET, ELF_F_LAYOUT);
    header->e_ident[EI_DATA] = ELFDATA2LSB;
    header->e_type = ET_REL;
    header->e_machine = machine;
    header->e_version = EV_CURRENT;
    header->e_shoff = file->end;
    header->e_shstrndx = (Elf64_Section)(file->nr_parts - 1);
    for (uint32_t i = 1; i < file->nr_parts; i++) {
        if (!give_part(elf, &file->parts[i])) {
            return false;
        }
    }
    return elf_update(elf, ELF_C_WRITE) == (off_t)all_bytes(file);
}

/* From where libelf has put them. */
static int fetch(int from, size_t bytes, struct payload_file *to, FILE *err)
{
    unsigned char *read = must_resize(NULL, bytes, 1);

    for (size_t done = 0; done < bytes;) {
        const ssize_t part =
            pread(from, read + done, bytes - done, (off_t)done);

        if (part <= 0) {
            const int rc = part < 0 ? -errno : -EIO;

            fprintf(err, "the payload in memory: %s\n", strerror(-rc));
            free(read);
            return rc;
        }
        done += (size_t)part;
    }
    *to = (struct payload_file){.bytes = read, .nr_bytes = bytes};
    return 0;
}

static int write_elf(const struct plan_of_file *plan, uint16_t machine,
                     struct payload_file *file, FILE *err)
{
    const int memory = memfd_create("payload", MFD_CLOEXEC);
    Elf *elf;
    bool is_written;

    if (memory < 0) {
        fprintf(err, "no place in memory for the payload: %s\n",
                strerror(errno));
        return -errno;
    }
    elf_version(EV_CURRENT);
    elf = elf_begin(memory, ELF_C_WRITE, NULL);
    is_written = elf && give_all(elf, plan, machine);
    if (!is_written) {
        fprintf(err, "the payload cannot be written: libelf: %s\n",
                elf_errmsg(-1));
    }
    elf_end(elf);
    if (is_written) {
        const int rc = fetch(memory, all_bytes(plan), file, err);

        close(memory);
        return rc;
    }
    close(memory);
    return -EIO;
}

/* Its place in the file; 0: it has no such section. */
static uint64_t place_of(const struct plan_of_file *plan, uint32_t section)
{
    return plan->parts[section].header.sh_offset;
}

static int put_id(const struct output *output, const struct plan_of_file *plan,
                  struct payload_file *file, FILE *err)
{
    const uint32_t strtab = plan->nr_parts - 2;
    unsigned char id[EVP_MAX_MD_SIZE];
    char digits[OUTPUT_ID_DIGITS + 1];

    if (EVP_Digest(file->bytes, file->nr_bytes, id, NULL, EVP_sha1(), NULL) !=
        1) {
        fputs("the payload's id: libcrypto makes no SHA-1 here\n", err);
        return -EIO;
    }
    snprintf(digits, sizeof(digits), "%02x%02x%02x%02x", id[0], id[1], id[2],
             id[3]);
    memcpy(file->bytes + place_of(plan, output_find(output, SECTION_OWN_ID)) +
               RECORDS_ID_OFFSET,
           id, PLAN_ID_BYTES);
    for (size_t i = 0; i < output->nr_digits; i++) {
        memcpy(file->bytes + place_of(plan, strtab) + output->digits[i], digits,
               OUTPUT_ID_DIGITS);
    }
    return 0;
}

int file_make(const struct output *output, struct payload_file *file, FILE *err)
{
    struct plan_of_file plan = plan_file(output);
    int rc = write_elf(&plan, output->machine->elf, file, err);

    if (!rc) {
        rc = put_id(output, &plan, file, err);
        if (rc) {
            payload_file_free(file);
        }
    }
    forget(&plan);
    return rc;
}
