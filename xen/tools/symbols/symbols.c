// SPDX-License-Identifier: GPL-2.0
/*
 * Writes the hypervisor's table of its own symbols. Takes a linked image,
 * gives C source for the tables of <xen/symbols_table.h> on standard output;
 * without an image an empty table, with --map a list of addresses, types and
 * names. A symbol local to a file is called FILE#name. Reading the table is
 * not its job (xen/common/symbols.c).
 *
 * usage: symbols [[--map] IMAGE]
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "symbol_names.h"
#include "symbols_table.h"

struct symbol {
    uint64_t address;
    char *name;
    uint32_t hash;
    uint32_t number; /* place in the order of addresses */
    char kind;       /* as nm: T, D, B, R, lower case for local ones */
    bool is_typed;   /* a function or an object, no mere label */
};

struct image {
    const char *path;
    Elf *elf;
    struct symbol *symbols;
    size_t nr;
    size_t room;
    uint64_t start; /* the value of _start; addresses count from here */
    uint64_t end;   /* of _end */
};

static void __attribute__((noreturn, format(printf, 2, 3)))
fail(const struct image *image, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fprintf(stderr, "symbols: %s: ", image->path);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

static void *check_memory(const struct image *image, void *memory)
{
    if (!memory) {
        fail(image, "out of memory");
    }
    return memory;
}

static void open_image(struct image *image)
{
    int fd = open(image->path, O_RDONLY);

    if (fd < 0) {
        fail(image, "%s", strerror(errno));
    }
    elf_version(EV_CURRENT);
    image->elf = elf_begin(fd, ELF_C_READ, NULL);
    if (!image->elf || elf_kind(image->elf) != ELF_K_ELF) {
        fail(image, "not an ELF file");
    }
}

static Elf_Scn *find_symtab(const struct image *image, GElf_Shdr *shdr)
{
    Elf_Scn *section = NULL;

    while ((section = elf_nextscn(image->elf, section))) {
        if (gelf_getshdr(section, shdr) && shdr->sh_type == SHT_SYMTAB) {
            return section;
        }
    }
    fail(image, "no symbol table");
}

/* The letter that nm would print, or 0 for a symbol outside memory. */
static char symbol_kind(const struct image *image, const GElf_Sym *sym)
{
    Elf_Scn *section = elf_getscn(image->elf, sym->st_shndx);
    bool is_local = GELF_ST_BIND(sym->st_info) == STB_LOCAL;
    GElf_Shdr shdr;
    char kind = 'R';

    if (sym->st_shndx == SHN_UNDEF || sym->st_shndx >= SHN_LORESERVE ||
        !section || !gelf_getshdr(section, &shdr) ||
        !(shdr.sh_flags & SHF_ALLOC)) {
        return 0;
    }
    if (shdr.sh_flags & SHF_EXECINSTR) {
        kind = 'T';
    } else if (shdr.sh_type == SHT_NOBITS) {
        kind = 'B';
    } else if (shdr.sh_flags & SHF_WRITE) {
        kind = 'D';
    }
    return is_local ? kind | 0x20 : kind;
}

static void add_symbol(struct image *image, const GElf_Sym *sym,
                       const char *file, const char *name)
{
    char kind =
        symbol_is_wanted(sym->st_info, name) ? symbol_kind(image, sym) : 0;
    const char *owner = symbol_file(sym->st_info, file);
    struct symbol *symbol;

    if (!kind) {
        return;
    }
    if (image->nr == image->room) {
        image->room = image->room ? 2 * image->room : 1024;
        image->symbols = check_memory(
            image,
            realloc(image->symbols, image->room * sizeof(image->symbols[0])));
    }
    symbol = &image->symbols[image->nr++];
    if (asprintf(&symbol->name, SYMBOL_SPELLED, SYMBOL_SPELLING(owner, name)) <
        0) {
        fail(image, "out of memory");
    }
    symbol->address = sym->st_value;
    symbol->hash = symbols_hash(symbol->name, strlen(symbol->name));
    symbol->kind = kind;
    symbol->is_typed = GELF_ST_TYPE(sym->st_info) != STT_NOTYPE;
}

/* A FILE symbol names the source of the local symbols that follow it. */
static void read_symbols(struct image *image)
{
    GElf_Shdr shdr;
    Elf_Scn *section = find_symtab(image, &shdr);
    Elf_Data *data = elf_getdata(section, NULL);
    const char *file = "";
    GElf_Sym sym;

    for (int i = 0; data && gelf_getsym(data, i, &sym); i++) {
        const char *name = elf_strptr(image->elf, shdr.sh_link, sym.st_name);

        if (!name) {
            fail(image, "symbol %d: its name is outside the string table", i);
        }
        if (GELF_ST_TYPE(sym.st_info) == STT_FILE) {
            file = name;
        } else {
            add_symbol(image, &sym, file, name);
        }
    }
}

static uint64_t address_of(const struct image *image, const char *name)
{
    for (size_t i = 0; i < image->nr; i++) {
        if (strcmp(image->symbols[i].name, name) == 0) {
            return image->symbols[i].address;
        }
    }
    fail(image, "no symbol '%s'", name);
}

/* Code that runs at another address, before the image's mappings exist, is
 * not part of the table. */
static void keep_symbols_in_image(struct image *image)
{
    size_t kept = 0;

    image->start = address_of(image, "_start");
    image->end = address_of(image, "_end");
    if (image->end - image->start > UINT32_MAX) {
        fail(image, "_end is 4 GiB or more after _start");
    }
    for (size_t i = 0; i < image->nr; i++) {
        if (image->symbols[i].address >= image->start &&
            image->symbols[i].address <= image->end) {
            image->symbols[kept++] = image->symbols[i];
        }
    }
    image->nr = kept;
}

static int compare_names(const void *a, const void *b)
{
    const struct symbol *x = a;
    const struct symbol *y = b;
    int order = strcmp(x->name, y->name);

    if (order) {
        return order;
    }
    return x->address < y->address ? -1 : x->address > y->address;
}

/* The first of several names of an address is the one that is printed. */
static int compare_addresses(const void *a, const void *b)
{
    const struct symbol *x = a;
    const struct symbol *y = b;

    if (x->address != y->address) {
        return x->address < y->address ? -1 : 1;
    }
    if (x->is_typed != y->is_typed) {
        return x->is_typed ? -1 : 1;
    }
    return strcmp(x->name, y->name);
}

static int compare_hashes(const void *a, const void *b, void *nr_buckets)
{
    const struct symbol *x = a;
    const struct symbol *y = b;
    uint32_t mask = *(const uint32_t *)nr_buckets - 1;

    if ((x->hash & mask) != (y->hash & mask)) {
        return (x->hash & mask) < (y->hash & mask) ? -1 : 1;
    }
    return x->number < y->number ? -1 : x->number > y->number;
}

static void drop_symbol(struct image *image, size_t i)
{
    free(image->symbols[i].name);
    memmove(&image->symbols[i], &image->symbols[i + 1],
            (image->nr - i - 1) * sizeof(image->symbols[0]));
    image->nr--;
}

/* A name must mean one address, or a payload would get whichever comes first.
 */
static void check_names(struct image *image)
{
    bool is_ambiguous = false;

    qsort(image->symbols, image->nr, sizeof(image->symbols[0]), compare_names);
    for (size_t i = 1; i < image->nr;) {
        const struct symbol *before = &image->symbols[i - 1];
        const struct symbol *symbol = &image->symbols[i];

        if (strcmp(before->name, symbol->name) != 0) {
            i++;
        } else if (before->address == symbol->address) {
            drop_symbol(image, i);
        } else {
            fprintf(stderr,
                    "symbols: %s: '%s' is at 0x%llx (%c) and at 0x%llx (%c): "
                    "rename one of them\n",
                    image->path, symbol->name,
                    (unsigned long long)before->address, before->kind,
                    (unsigned long long)symbol->address, symbol->kind);
            is_ambiguous = true;
            i++;
        }
    }
    if (is_ambiguous) {
        exit(1);
    }
}

static void number_symbols(struct image *image)
{
    qsort(image->symbols, image->nr, sizeof(image->symbols[0]),
          compare_addresses);
    for (size_t i = 0; i < image->nr; i++) {
        image->symbols[i].number = i;
    }
}

static void write_map(const struct image *image)
{
    for (size_t i = 0; i < image->nr; i++) {
        const struct symbol *symbol = &image->symbols[i];

        printf("0x%016llx %c %s\n", (unsigned long long)symbol->address,
               symbol->kind, symbol->name);
    }
}

/* The symbols are in the order of their addresses. */
static void write_addresses(const struct image *image)
{
    size_t name_start = 0;

    printf("const uint32_t symbols_nr = %zu;\n", image->nr);
    printf("const uint32_t symbols_offset[] = {\n");
    for (size_t i = 0; i < image->nr; i++) {
        printf("0x%llx,\n",
               (unsigned long long)(image->symbols[i].address - image->start));
    }
    printf("};\nconst uint32_t symbols_name_start[] = {\n");
    for (size_t i = 0; i < image->nr; i++) {
        printf("%zu,\n", name_start);
        name_start += strlen(image->symbols[i].name) + 1;
    }
    printf("%zu};\nconst char symbols_names[] =\n", name_start);
    for (size_t i = 0; i < image->nr; i++) {
        printf("\"%s\\0\"\n", image->symbols[i].name);
    }
    printf("\"\";\n");
}

static uint32_t nr_buckets_for(size_t nr_symbols)
{
    uint32_t nr = 1;

    while (nr < nr_symbols) {
        nr *= 2;
    }
    return nr;
}

/* Brings the symbols into the order of their buckets. */
static void write_hash_index(struct image *image)
{
    uint32_t nr_buckets = nr_buckets_for(image->nr);
    size_t i = 0;

    qsort_r(image->symbols, image->nr, sizeof(image->symbols[0]),
            compare_hashes, &nr_buckets);
    printf("const uint32_t symbols_nr_buckets = %u;\n", nr_buckets);
    printf("const struct symbols_hash_entry symbols_hash_entries[] = {\n");
    for (i = 0; i < image->nr; i++) {
        printf("{0x%x, %u},\n", image->symbols[i].hash,
               image->symbols[i].number);
    }
    printf("};\nconst uint32_t symbols_bucket_start[] = {\n");
    i = 0;
    for (uint32_t bucket = 0; bucket < nr_buckets; bucket++) {
        printf("%zu,\n", i);
        while (i < image->nr &&
               (image->symbols[i].hash & (nr_buckets - 1)) == bucket) {
            i++;
        }
    }
    printf("%zu};\n", i);
}

int main(int argc, char **argv)
{
    bool is_map = argc == 3 && strcmp(argv[1], "--map") == 0;
    struct image image = {.path = argc > 1 ? argv[argc - 1] : "empty table"};

    if (argc > 3 || (argc == 3 && !is_map)) {
        fprintf(stderr, "usage: symbols [[--map] IMAGE]\n");
        return 2;
    }
    if (argc > 1) {
        open_image(&image);
        read_symbols(&image);
        keep_symbols_in_image(&image);
        check_names(&image);
        number_symbols(&image);
    }
    if (is_map) {
        write_map(&image);
    } else {
        printf("#include <xen/symbols_table.h>\n");
        write_addresses(&image);
        write_hash_index(&image);
    }
    if (fflush(stdout) || ferror(stdout)) {
        fail(&image, "cannot write: %s", strerror(errno));
    }
    return 0;
}
