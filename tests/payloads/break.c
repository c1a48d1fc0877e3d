/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Breaks one thing in a good payload, so that a test can show that exactly
 * this thing is refused.
 *
 *     break-payload WAY GOOD.livepatch BROKEN.livepatch
 *     break-payload               list the ways
 *
 * Takes payloads that were just built, of 64 bits and of this machine's byte
 * order, and trusts them: finding faults in a payload is the hypervisor's job.
 */
#include <elf.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A GNU build-id note: header and "GNU", then the id. */
#define NOTE_ID_OFFSET 16

struct file {
    unsigned char *bytes;
    size_t nr_bytes;
};

static void die(const char *what, const char *why)
{
    fprintf(stderr, "break-payload: %s: %s\n", what, why);
    exit(1);
}

static Elf64_Ehdr *header(const struct file *file)
{
    return (Elf64_Ehdr *)file->bytes;
}

static Elf64_Shdr *section(const struct file *file, size_t index)
{
    return (Elf64_Shdr *)(file->bytes + header(file)->e_shoff) + index;
}

static char *section_bytes(const struct file *file, const Elf64_Shdr *shdr)
{
    return (char *)file->bytes + shdr->sh_offset;
}

static Elf64_Shdr *find_section(const struct file *file, const char *name)
{
    Elf64_Shdr *names = section(file, header(file)->e_shstrndx);
    size_t i;

    for (i = 1; i < header(file)->e_shnum; i++) {
        Elf64_Shdr *shdr = section(file, i);

        if (!strcmp(section_bytes(file, names) + shdr->sh_name, name)) {
            return shdr;
        }
    }
    die(name, "the good payload has no such section");
    return NULL;
}

static void no_bytes(struct file *file)
{
    file->nr_bytes = 0;
}

static void random_bytes(struct file *file)
{
    uint32_t word = 1;
    size_t i;

    for (i = 0; i < file->nr_bytes; i++) {
        word = word * 1664525 + 1013904223;
        file->bytes[i] = (unsigned char)(word >> 24);
    }
}

static void cut_in_half(struct file *file)
{
    file->nr_bytes /= 2;
}

static void not_elf(struct file *file)
{
    file->bytes[EI_MAG0]++;
}

static void other_machine(struct file *file)
{
    header(file)->e_machine = EM_RISCV;
}

static void flip_build_id(struct file *file, const char *name)
{
    section_bytes(file, find_section(file, name))[NOTE_ID_OFFSET] ^= 1;
}

static void other_xen_build_id(struct file *file)
{
    flip_build_id(file, ".livepatch.xen_depends");
}

static void other_depends(struct file *file)
{
    flip_build_id(file, ".livepatch.depends");
}

/* The first undefined symbol; index 0 is undefined by definition. */
static void unknown_symbol(struct file *file)
{
    Elf64_Shdr *symtab = find_section(file, ".symtab");
    Elf64_Sym *symbols = (Elf64_Sym *)section_bytes(file, symtab);
    char *names = section_bytes(file, section(file, symtab->sh_link));
    size_t i;

    for (i = 1; i < symtab->sh_size / sizeof(*symbols); i++) {
        if (symbols[i].st_shndx == SHN_UNDEF) {
            names[symbols[i].st_name] = 'Z';
            return;
        }
    }
    die("unknown_symbol", "the good payload has no undefined symbol");
}

/* The name of the function to be replaced is what offset 0 of the first entry
 * points to, which until the payload is loaded only its relocation knows. */
static void unknown_function(struct file *file)
{
    Elf64_Rela *rela = (Elf64_Rela *)section_bytes(
        file, find_section(file, ".rela.livepatch.funcs"));
    Elf64_Sym *symbol =
        (Elf64_Sym *)section_bytes(file, find_section(file, ".symtab")) +
        ELF64_R_SYM(rela->r_info);
    char *bytes = section_bytes(file, section(file, symbol->st_shndx));

    if (rela->r_offset) {
        die("unknown_function", "the first relocation is not for the name");
    }
    bytes[(int64_t)symbol->st_value + rela->r_addend] = 'Z';
}

/* Of the first entry. */
static void unknown_relocation(struct file *file)
{
    Elf64_Rela *rela = (Elf64_Rela *)section_bytes(
        file, find_section(file, ".rela.livepatch.funcs"));

    rela->r_info = ELF64_R_INFO(ELF64_R_SYM(rela->r_info), 0xff);
}

static const struct {
    const char *name;
    void (*apply)(struct file *file);
} ways[] = {
    {"no_bytes", no_bytes},
    {"random_bytes", random_bytes},
    {"cut_in_half", cut_in_half},
    {"not_elf", not_elf},
    {"other_machine", other_machine},
    {"other_xen_build_id", other_xen_build_id},
    {"other_depends", other_depends},
    {"unknown_symbol", unknown_symbol},
    {"unknown_function", unknown_function},
    {"unknown_relocation", unknown_relocation},
};

#define NR_WAYS (sizeof(ways) / sizeof(ways[0]))

static struct file read_file(const char *path)
{
    FILE *stream = fopen(path, "rb");
    struct file file;
    long nr_bytes;

    if (!stream || fseek(stream, 0, SEEK_END) ||
        (nr_bytes = ftell(stream)) < (long)sizeof(Elf64_Ehdr)) {
        die(path, stream ? "not a payload" : strerror(errno));
    }
    rewind(stream);
    file.nr_bytes = (size_t)nr_bytes;
    file.bytes = malloc(file.nr_bytes);
    if (!file.bytes ||
        fread(file.bytes, 1, file.nr_bytes, stream) != file.nr_bytes) {
        die(path, "cannot read");
    }
    fclose(stream);
    return file;
}

static void write_file(const char *path, const struct file *file)
{
    FILE *stream = fopen(path, "wb");

    if (!stream ||
        fwrite(file->bytes, 1, file->nr_bytes, stream) != file->nr_bytes ||
        fclose(stream)) {
        die(path, strerror(errno));
    }
}

static void list_ways(void)
{
    size_t i;

    for (i = 0; i < NR_WAYS; i++) {
        printf("%s\n", ways[i].name);
    }
}

int main(int argc, char **argv)
{
    struct file file;
    size_t i;

    if (argc != 4) {
        list_ways();
        return argc > 1 ? 2 : 0;
    }
    file = read_file(argv[2]);
    for (i = 0; i < NR_WAYS && strcmp(ways[i].name, argv[1]); i++) {
        continue;
    }
    if (i == NR_WAYS) {
        die(argv[1], "no such way");
    }
    ways[i].apply(&file);
    write_file(argv[3], &file);
    free(file.bytes);
    return 0;
}
