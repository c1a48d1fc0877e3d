// SPDX-License-Identifier: GPL-2.0
/*
 * Reading a relocatable object by libelf, and the checks that make it safe to
 * use: whatever a file says of sizes, offsets, indices and names is compared
 * with what there is before anything is built on it.
 */
#include "model/object.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/memory.h"
#include "model/machine.h"

#define MOST_FILE_BYTES (1UL << 30)
#define MOST_SECTION_BYTES (1UL << 30)
/* What can be added to and taken from without a thought. */
#define MOST_ADDEND (INT64_C(1) << 62)

struct reader {
    struct object *object;
    FILE *err;
    Elf_Data *strings; /* of symbols */
};

#define complain(reader, format, ...)                                          \
    fprintf((reader)->err, "%s: " format "\n", (reader)->object->path,         \
            ##__VA_ARGS__)

bool section_is_loaded(const struct section *section)
{
    return (section->flags & SHF_ALLOC) && section->type != SHT_NOTE &&
           section->type != SHT_NULL && section->size > 0;
}

bool section_is_text(const struct section *section)
{
    return section_is_loaded(section) && (section->flags & SHF_EXECINSTR) &&
           section->bytes;
}

bool section_is_named(const struct section *section, const char *prefix)
{
    const size_t length = strlen(prefix);

    return strncmp(section->name, prefix, length) == 0 &&
           (section->name[length] == '\0' || section->name[length] == '.');
}

/* Reads at most `bytes`; what a file lacks when it shrinks is told. */
static int read_whole(struct reader *reader, int file, size_t bytes)
{
    unsigned char *image = must_resize(NULL, bytes, 1);
    size_t done = 0;

    while (done < bytes) {
        const ssize_t part = read(file, image + done, bytes - done);

        if (part <= 0) {
            free(image);
            complain(reader, "%s",
                     part < 0 ? strerror(errno) : "the file became shorter");
            return part < 0 ? -errno : -EINVAL;
        }
        done += (size_t)part;
    }
    reader->object->image = image;
    reader->object->image_bytes = bytes;
    return 0;
}

static int read_image(struct reader *reader)
{
    const int file = open(reader->object->path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    int rc;

    if (file < 0 || fstat(file, &status) < 0) {
        rc = -errno;
        complain(reader, "%s", strerror(errno));
    } else if (!S_ISREG(status.st_mode)) {
        rc = -EINVAL;
        complain(reader, "not a file");
    } else if (status.st_size == 0 ||
               (uint64_t)status.st_size > MOST_FILE_BYTES) {
        rc = -EINVAL;
        complain(reader, "%lld bytes: not an object",
                 (long long)status.st_size);
    } else {
        rc = read_whole(reader, file, (size_t)status.st_size);
    }
    if (file >= 0) {
        close(file);
    }
    return rc;
}

static bool is_bitcode(const struct object *object)
{
    static const unsigned char magic[] = {'B', 'C', 0xc0, 0xde};

    return object->image_bytes >= sizeof(magic) &&
           memcmp(object->image, magic, sizeof(magic)) == 0;
}

static int check_kind(struct reader *reader)
{
    struct object *object = reader->object;
    GElf_Ehdr header;

    if (is_bitcode(object)) {
        complain(reader, "bitcode: built with link-time optimization, whose "
                         "objects hold no code to compare");
        return -EOPNOTSUPP;
    }
    if (elf_kind(object->elf) != ELF_K_ELF ||
        !gelf_getehdr(object->elf, &header)) {
        complain(reader, "not an ELF file");
        return -EINVAL;
    }
    if (header.e_ident[EI_CLASS] != ELFCLASS64 ||
        header.e_ident[EI_DATA] != ELFDATA2LSB) {
        complain(reader, "an ELF file, but not of 64 bits and little-endian");
        return -EOPNOTSUPP;
    }
    if (header.e_type != ET_REL) {
        complain(reader, "an ELF file, but not a relocatable object");
        return -EINVAL;
    }
    /* libelf would show a file that ends before them as one without any. */
    if (header.e_shoff >= object->image_bytes ||
        object->image_bytes - header.e_shoff < sizeof(Elf64_Shdr)) {
        complain(reader, "section headers at %#lx of a file of %#zx bytes",
                 header.e_shoff, object->image_bytes);
        return -EINVAL;
    }
    object->machine = machine_of(header.e_machine);
    if (!object->machine) {
        complain(reader, "machine %u: neither x86-64 nor arm64",
                 header.e_machine);
        return -EOPNOTSUPP;
    }
    return 0;
}

/* A string that ends inside its table; NULL. */
static const char *string_at(Elf_Data *strings, size_t offset)
{
    if (!strings || !strings->d_buf || offset >= strings->d_size ||
        !memchr((char *)strings->d_buf + offset, '\0',
                strings->d_size - offset)) {
        return NULL;
    }
    return (char *)strings->d_buf + offset;
}

static int read_section(struct reader *reader, Elf_Scn *from, Elf_Data *names,
                        struct section *section)
{
    struct object *object = reader->object;
    GElf_Shdr header;

    if (!gelf_getshdr(from, &header)) {
        complain(reader, "section %u: %s", section->index, elf_errmsg(-1));
        return -EINVAL;
    }
    section->name = string_at(names, header.sh_name);
    if (!section->name) {
        complain(reader, "section %u: its name is not in the file",
                 section->index);
        return -EINVAL;
    }
    section->type = header.sh_type;
    section->flags = header.sh_flags;
    section->size = header.sh_size;
    section->align = header.sh_addralign ? header.sh_addralign : 1;
    section->entry_size = header.sh_entsize;
    if (section->align & (section->align - 1)) {
        complain(reader, "section '%s': alignment %#lx", section->name,
                 section->align);
        return -EINVAL;
    }
    if (header.sh_type == SHT_NOBITS) {
        if (header.sh_size > MOST_SECTION_BYTES) {
            complain(reader, "section '%s': %#lx bytes", section->name,
                     section->size);
            return -EINVAL;
        }
        return 0;
    }
    if (header.sh_offset > object->image_bytes ||
        header.sh_size > object->image_bytes - header.sh_offset) {
        complain(reader, "section '%s': %#lx bytes at %#lx of a file of %#zx",
                 section->name, section->size, header.sh_offset,
                 object->image_bytes);
        return -EINVAL;
    }
    section->bytes = (unsigned char *)object->image + header.sh_offset;
    return 0;
}

static int read_sections(struct reader *reader)
{
    struct object *object = reader->object;
    size_t names_index;
    Elf_Data *names;
    Elf_Scn *from;

    if (elf_getshdrnum(object->elf, &object->nr_sections) < 0 ||
        elf_getshdrstrndx(object->elf, &names_index) < 0) {
        complain(reader, "%s", elf_errmsg(-1));
        return -EINVAL;
    }
    if (object->nr_sections * sizeof(Elf64_Shdr) > object->image_bytes) {
        complain(reader, "%zu sections in a file of %#zx bytes",
                 object->nr_sections, object->image_bytes);
        return -EINVAL;
    }
    from = elf_getscn(object->elf, names_index);
    names = from ? elf_getdata(from, NULL) : NULL;
    object->sections = arena_take(&object->arena, object->nr_sections,
                                  sizeof(*object->sections));
    for (size_t i = 1; i < object->nr_sections; i++) {
        int rc;

        object->sections[i].index = (uint32_t)i;
        from = elf_getscn(object->elf, i);
        if (!from) {
            complain(reader, "section %zu: %s", i, elf_errmsg(-1));
            return -EINVAL;
        }
        rc = read_section(reader, from, names, &object->sections[i]);
        if (rc) {
            return rc;
        }
    }
    if (object->nr_sections) {
        object->sections[0].name = "";
    }
    return 0;
}

/* `section` may be past what fits into the symbol: there the numbers that mean
 * no section are those of sections. */
static int read_symbol(struct reader *reader, const GElf_Sym *from,
                       uint32_t section, size_t i)
{
    struct object *object = reader->object;
    struct symbol *symbol = &object->symbols[i];

    symbol->name = string_at(reader->strings, from->st_name);
    if (!symbol->name) {
        complain(reader, "symbol %zu: its name is not in the file", i);
        return -EINVAL;
    }
    symbol->value = from->st_value;
    symbol->size = from->st_size;
    symbol->type = GELF_ST_TYPE(from->st_info);
    symbol->binding = GELF_ST_BIND(from->st_info);
    symbol->is_absolute = from->st_shndx == SHN_ABS;
    if (from->st_shndx == SHN_COMMON) {
        complain(reader,
                 "symbol '%s': in no section (common): compile with "
                 "-fno-common",
                 symbol->name);
        return -EOPNOTSUPP;
    }
    if (symbol->is_absolute || section == SHN_UNDEF) {
        if (symbol->type == STT_FILE && !object->file[0]) {
            object->file = symbol->name;
        }
        return 0;
    }
    if (section >= object->nr_sections ||
        symbol->value > object->sections[section].size ||
        symbol->size > object->sections[section].size - symbol->value) {
        complain(reader,
                 "symbol '%s': %#lx bytes at %#lx of section %u, which has not "
                 "so much",
                 symbol->name, symbol->size, symbol->value, section);
        return -EINVAL;
    }
    symbol->section = section;
    return 0;
}

static int read_table(struct reader *reader, Elf_Scn *table,
                      const GElf_Shdr *header)
{
    struct object *object = reader->object;
    Elf_Data *symbols = elf_getdata(table, NULL);
    Elf_Scn *strings = elf_getscn(object->elf, header->sh_link);
    Elf_Data *indices = NULL;
    int which;

    if (object->symbols) {
        complain(reader, "two symbol tables");
        return -EINVAL;
    }
    reader->strings = strings ? elf_getdata(strings, NULL) : NULL;
    if (!symbols || !reader->strings) {
        complain(reader, "the symbol table or its names: %s", elf_errmsg(-1));
        return -EINVAL;
    }
    which = elf_scnshndx(table);
    if (which > 0) {
        indices = elf_getdata(elf_getscn(object->elf, (size_t)which), NULL);
    }
    object->nr_symbols = symbols->d_size / sizeof(Elf64_Sym);
    object->symbols = arena_take(&object->arena, object->nr_symbols,
                                 sizeof(*object->symbols));
    for (size_t i = 0; i < object->nr_symbols; i++) {
        GElf_Sym symbol;
        Elf32_Word index;
        int rc;

        if (!gelf_getsymshndx(symbols, indices, (int)i, &symbol, &index)) {
            complain(reader, "symbol %zu: %s", i, elf_errmsg(-1));
            return -EINVAL;
        }
        rc = read_symbol(
            reader, &symbol,
            symbol.st_shndx == SHN_XINDEX ? index : symbol.st_shndx, i);
        if (rc) {
            return rc;
        }
    }
    return 0;
}

static int by_offset(const void *a, const void *b)
{
    const struct relocation *one = a;
    const struct relocation *other = b;

    return (one->offset > other->offset) - (one->offset < other->offset);
}

static int read_relocations(struct reader *reader, Elf_Scn *from,
                            const GElf_Shdr *header)
{
    struct object *object = reader->object;
    Elf_Data *data;
    struct section *section;
    size_t nr;

    if (header->sh_info == 0 || header->sh_info >= object->nr_sections) {
        complain(reader, "relocations for section %u of %zu", header->sh_info,
                 object->nr_sections);
        return -EINVAL;
    }
    section = &object->sections[header->sh_info];
    if (!section_is_loaded(section)) {
        return 0;
    }
    data = elf_getdata(from, NULL);
    if (!data || section->relocations || header->sh_type == SHT_REL) {
        complain(reader,
                 "section '%s': relocations without addends, twice, "
                 "or not to be read",
                 section->name);
        return -EINVAL;
    }
    nr = data->d_size / sizeof(Elf64_Rela);
    section->relocations =
        arena_take(&object->arena, nr, sizeof(*section->relocations));
    section->nr_relocations = nr;
    for (size_t i = 0; i < nr; i++) {
        struct relocation *relocation = &section->relocations[i];
        GElf_Rela rela;

        if (!gelf_getrela(data, (int)i, &rela)) {
            complain(reader, "section '%s': relocation %zu: %s", section->name,
                     i, elf_errmsg(-1));
            return -EINVAL;
        }
        *relocation = (struct relocation){
            .offset = rela.r_offset,
            .addend = rela.r_addend,
            .type = (uint32_t)GELF_R_TYPE(rela.r_info),
            .symbol = (uint32_t)GELF_R_SYM(rela.r_info),
        };
        if (!section->bytes || relocation->symbol >= object->nr_symbols ||
            relocation->addend > MOST_ADDEND ||
            relocation->addend < -MOST_ADDEND ||
            relocation->offset > section->size ||
            object->machine->field(relocation->type).bytes >
                section->size - relocation->offset) {
            complain(reader,
                     "section '%s': relocation %zu: type %u, symbol %u of %zu, "
                     "at %#lx of %#lx, addend %#lx",
                     section->name, i, relocation->type, relocation->symbol,
                     object->nr_symbols, relocation->offset, section->size,
                     (unsigned long)relocation->addend);
            return -EINVAL;
        }
    }
    qsort(section->relocations, nr, sizeof(*section->relocations), by_offset);
    return 0;
}

/* All sections of one of two kinds: tables of symbols, then relocations. */
static int read_each(struct reader *reader, bool is_symbols)
{
    Elf_Scn *from = NULL;

    while ((from = elf_nextscn(reader->object->elf, from))) {
        GElf_Shdr header;
        int rc = 0;

        if (!gelf_getshdr(from, &header)) {
            continue; /* read_section() has seen it */
        }
        if (is_symbols && header.sh_type == SHT_SYMTAB) {
            rc = read_table(reader, from, &header);
        } else if (!is_symbols &&
                   (header.sh_type == SHT_RELA || header.sh_type == SHT_REL)) {
            rc = read_relocations(reader, from, &header);
        }
        if (rc) {
            return rc;
        }
    }
    return 0;
}

int object_open(const char *path, struct object *object, FILE *err)
{
    struct reader reader = {.object = object, .err = err};
    int rc;

    *object = (struct object){.path = path, .file = ""};
    arena_open(&object->arena);
    elf_version(EV_CURRENT);
    rc = read_image(&reader);
    if (!rc) {
        object->elf = elf_memory(object->image, object->image_bytes);
        rc = check_kind(&reader);
    }
    if (!rc) {
        rc = read_sections(&reader);
    }
    if (!rc) {
        rc = read_each(&reader, true);
    }
    if (!rc) {
        rc = read_each(&reader, false);
    }
    if (rc) {
        object_close(object);
    }
    return rc;
}

void object_close(struct object *object)
{
    if (object->elf) {
        elf_end(object->elf);
    }
    free(object->image);
    arena_close(&object->arena);
    *object = (struct object){.file = ""};
}
