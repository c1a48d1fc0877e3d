// SPDX-License-Identifier: GPL-2.0
/*
 * xen-syms as a table of symbols by name, and its bytes by address. What the
 * names are is tools/lib's; here each local one is also known by the FILE
 * symbol before it, because a path that is not a whole one (domain.c) may stand
 * for several files: an object is then that one of them in which the most of
 * its local symbols are, with their sizes.
 */
#include "image/image.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/memory.h"
#include "lib/loader/bounds.h"
#include "lib/loader/names.h"
#include "lib/payload_elf.h"
#include "lib/payload_file.h"
#include "lib/xen_symbols.h"
#include "symbol_names.h"

#define BUILD_ID_BYTES 20

/* A FILE symbol, and the symbols up to the next one. */
struct image_file {
    const char *name;
    uint32_t first, last; /* indices in the symbol table: [first, last) */
};

/* A loaded section. */
struct part {
    uint64_t address, nr;
    const unsigned char *bytes; /* NULL: all zero */
};

struct image {
    struct payload_file content;
    struct elf_file elf;
    struct names names;
    struct image_symbol *symbols; /* as names.by_text */
    struct image_file *files;     /* by name */
    size_t nr_files;
    struct part *parts; /* by address */
    size_t nr_parts;
};

/* Of object->image_file; above: the index of a file, and FILE_FIRST. */
enum {
    FILE_NOT_LOOKED_UP,
    FILE_ABSENT,   /* its FILE symbol is not in the image: nor is the object */
    FILE_NAMELESS, /* it has none, nor its local symbols */
    FILE_FIRST,
};

static int by_address(const void *a, const void *b)
{
    const struct part *one = a;
    const struct part *other = b;

    return (one->address > other->address) - (one->address < other->address);
}

static void read_parts(struct image *image)
{
    const uint32_t nr = image->elf.header.e_shnum;

    image->parts = must_alloc_items(nr, sizeof(*image->parts));
    for (uint32_t i = 1; i < nr; i++) {
        const Elf64_Shdr section = elf_file_section(&image->elf, i);

        if ((section.sh_flags & SHF_ALLOC) && section.sh_size) {
            image->parts[image->nr_parts++] =
                (struct part){section.sh_addr, section.sh_size,
                              elf_file_bytes(&image->elf, &section)};
        }
    }
    qsort(image->parts, image->nr_parts, sizeof(*image->parts), by_address);
}

static int by_name(const void *a, const void *b)
{
    const struct image_file *one = a;
    const struct image_file *other = b;
    const int order = strcmp(one->name, other->name);

    return order ? order
                 : (one->first > other->first) - (one->first < other->first);
}

static void read_files(struct image *image)
{
    const struct elf_file *elf = &image->elf;

    for (uint32_t i = 1; i < elf->nr_symbols; i++) {
        const Elf64_Sym symbol = elf_file_symbol(elf, i);

        if (ELF64_ST_TYPE(symbol.st_info) == STT_FILE) {
            const size_t nr = image->nr_files++;

            if ((nr & (nr - 1)) == 0) {
                image->files = must_resize(image->files, nr ? 2 * nr : 1,
                                           sizeof(*image->files));
            }
            image->files[nr].name = elf_file_symbol_name(elf, &symbol);
            image->files[nr].first = i;
            image->files[nr].last = elf->nr_symbols;
            if (nr > 0) {
                image->files[nr - 1].last = i;
            }
        }
    }
    qsort(image->files, image->nr_files, sizeof(*image->files), by_name);
}

/* Of names with one text, which stand side by side, how many there are. */
static size_t count_equal(const struct names *names, size_t first)
{
    size_t nr = 1;

    while (first + nr < names->nr && !strcmp(names->by_text[first].text,
                                             names->by_text[first + nr].text)) {
        nr++;
    }
    return nr;
}

static void read_symbol(struct image *image, size_t i, struct loader_range init)
{
    const struct name *name = &image->names.by_text[i];
    const Elf64_Sym symbol = elf_file_symbol(&image->elf, name->symbol);

    image->symbols[i] = (struct image_symbol){
        .name = name->text,
        .address = name->address,
        .size = symbol.st_size,
        .is_function = ELF64_ST_TYPE(symbol.st_info) == STT_FUNC,
        .is_gone = name->address >= init.start && name->address < init.end,
    };
}

static void read_symbols(struct image *image)
{
    const struct names *names = &image->names;
    const struct loader_range init = bounds_of_init(names);
    size_t nr;

    image->symbols = must_alloc_items(names->nr, sizeof(*image->symbols));
    for (size_t first = 0; first < names->nr; first += nr) {
        nr = count_equal(names, first);
        for (size_t i = first; i < first + nr; i++) {
            read_symbol(image, i, init);
            /* Equal ones are in the order of their addresses. */
            image->symbols[i].is_ambiguous =
                names->by_text[first].address !=
                names->by_text[first + nr - 1].address;
        }
    }
}

int image_open(const char *path, struct image **image, FILE *err)
{
    struct image *made = must_alloc(sizeof(*made));
    int rc = xen_symbols_open(path, &made->content, &made->elf, err);

    if (!rc && made->elf.header.e_type == ET_REL) {
        fprintf(err, "%s: an object, not a linked image.\n", path);
        rc = -EINVAL;
    }
    if (!rc) {
        rc = names_read(&made->elf, &made->names);
        if (rc) {
            fprintf(err, "%s: no memory for its names.\n", path);
        }
    }
    if (rc) {
        image_close(made);
        return rc;
    }
    read_parts(made);
    read_files(made);
    read_symbols(made);
    *image = made;
    return 0;
}

void image_close(struct image *image)
{
    if (image) {
        free(image->parts);
        free(image->files);
        free(image->symbols);
        names_free(&image->names);
        payload_file_free(&image->content);
        free(image);
    }
}

const struct image_symbol *image_find_name(const struct image *image,
                                           const char *name)
{
    const struct name *found = names_find(&image->names, name);

    return found ? &image->symbols[found - image->names.by_text] : NULL;
}

/* The first of this name; *nr of them follow one another. */
static size_t find_files(const struct image *image, const char *name,
                         size_t *nr)
{
    size_t low = 0;
    size_t high = image->nr_files;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (strcmp(image->files[middle].name, name) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (*nr = 0; low + *nr < image->nr_files &&
                  !strcmp(image->files[low + *nr].name, name);
         ++*nr) {
    }
    return low;
}

static const char *file_name_of(const struct object *object)
{
    const char *slash = strrchr(object->path, '/');

    if (object->file[0]) {
        return object->file;
    }
    /* What the linker puts there for an object that has none. */
    return slash ? slash + 1 : object->path;
}

/* All of this name, wherever: the first; *nr of them follow one another. */
static const struct image_symbol *find_all(const struct image *image,
                                           const char *file, const char *name,
                                           size_t *nr)
{
    const struct name *end = image->names.by_text + image->names.nr;
    const struct name *found;
    char *text = must_format(SYMBOL_SPELLED, SYMBOL_SPELLING(file, name));

    found = names_find(&image->names, text);
    *nr = 0;
    while (found && found + *nr < end && !strcmp(found[*nr].text, text)) {
        ++*nr;
    }
    free(text);
    return found ? &image->symbols[found - image->names.by_text] : NULL;
}

static uint32_t index_of(const struct image *image,
                         const struct image_symbol *symbol)
{
    return image->names.by_text[symbol - image->symbols].symbol;
}

static bool is_in_file(const struct image *image,
                       const struct image_symbol *symbol,
                       const struct image_file *file)
{
    const uint32_t index = index_of(image, symbol);

    return index >= file->first && index < file->last;
}

/* Of `nr` files of one name, which are in order, that with the symbol. */
static size_t file_with(const struct image *image,
                        const struct image_symbol *symbol,
                        const struct image_file *files, size_t nr)
{
    const uint32_t index = index_of(image, symbol);
    size_t low = 0;

    while (nr - low > 1) {
        const size_t middle = low + (nr - low) / 2;

        if (files[middle].first <= index) {
            low = middle;
        } else {
            nr = middle;
        }
    }
    return low;
}

/* One more for each of `nr` files that has a symbol of this name and size. */
static void count_in_files(const struct image *image, const struct piece *piece,
                           const struct image_file *files, size_t nr,
                           size_t *counts)
{
    size_t nr_found;
    const struct image_symbol *found =
        find_all(image, files[0].name, piece->symbol->name, &nr_found);

    for (size_t i = 0; i < nr_found; i++) {
        if (found[i].size == piece->symbol->size) {
            counts[file_with(image, &found[i], files, nr)]++;
        }
    }
}

/* Which of `nr` files of one name this is. */
static size_t choose_file(const struct image *image, struct object *object,
                          size_t first, size_t nr)
{
    size_t *counts = must_alloc_items(nr, sizeof(*counts));
    size_t best = 0;

    for_each_piece(piece, object)
    {
        if (piece->symbol && piece->symbol->binding == STB_LOCAL) {
            count_in_files(image, piece, &image->files[first], nr, counts);
        }
    }
    for (size_t i = 1; i < nr; i++) {
        if (counts[i] > counts[best]) {
            best = i;
        }
    }
    free(counts);
    return first + best;
}

static uint32_t find_file(const struct image *image, struct object *object)
{
    size_t nr;
    size_t first = find_files(image, file_name_of(object), &nr);

    if (nr == 0) {
        return object->file[0] ? FILE_ABSENT : FILE_NAMELESS;
    }
    if (nr > 1) {
        first = choose_file(image, object, first, nr);
    }
    return (uint32_t)first + FILE_FIRST;
}

bool image_has_object(const struct image *image, struct object *object)
{
    if (object->image_file == FILE_NOT_LOOKED_UP) {
        object->image_file = find_file(image, object);
    }
    return object->image_file != FILE_ABSENT;
}

const struct image_symbol *image_find_symbol(const struct image *image,
                                             struct object *object,
                                             const struct symbol *symbol)
{
    const struct image_symbol *found;
    const struct image_symbol *best = NULL;
    const struct image_file *file;
    size_t nr;

    if (!image_has_object(image, object)) {
        return NULL;
    }
    if (symbol->binding != STB_LOCAL) {
        return image_find_name(image, symbol->name);
    }
    if (object->image_file == FILE_NAMELESS) {
        return NULL;
    }
    file = &image->files[object->image_file - FILE_FIRST];
    found = find_all(image, file->name, symbol->name, &nr);
    for (size_t i = 0; i < nr; i++) {
        if (is_in_file(image, &found[i], file) &&
            (!best ||
             (best->size != symbol->size && found[i].size == symbol->size))) {
            best = &found[i];
        }
    }
    return best;
}

const struct image_symbol *image_find(const struct image *image,
                                      const struct piece *piece)
{
    return piece->symbol
               ? image_find_symbol(image, piece->object, piece->symbol)
               : NULL;
}

size_t image_nr_files(const struct image *image)
{
    return image->nr_files;
}

const char *image_file_name(const struct image *image, size_t file)
{
    return image->files[file].name;
}

size_t image_file_of(const struct image *image, struct object *object)
{
    return image_has_object(image, object) && object->image_file >= FILE_FIRST
               ? object->image_file - FILE_FIRST
               : SIZE_MAX;
}

const struct image_symbol *image_before(const struct image *image,
                                        uint64_t address)
{
    const struct name *name = names_before(&image->names, address);

    return name ? image_find_name(image, name->text) : NULL;
}

/* The section with all of these bytes; NULL. */
static const struct part *find_part(const struct image *image, uint64_t address,
                                    uint64_t nr)
{
    size_t low = 0;
    size_t high = image->nr_parts;
    const struct part *part;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (image->parts[middle].address <= address) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    part = low ? &image->parts[low - 1] : NULL;
    return part && address - part->address <= part->nr &&
                   nr <= part->nr - (address - part->address)
               ? part
               : NULL;
}

const unsigned char *image_bytes(const struct image *image, uint64_t address,
                                 uint64_t nr)
{
    const struct part *part = find_part(image, address, nr);

    return part && part->bytes ? part->bytes + (address - part->address) : NULL;
}

bool image_is_zero(const struct image *image, uint64_t address, uint64_t nr)
{
    const struct part *part = find_part(image, address, nr);

    return part && !part->bytes;
}

const struct elf_file *image_elf(const struct image *image)
{
    return &image->elf;
}

const unsigned char *image_build_id(const struct image *image)
{
    const struct build_id id = payload_build_id(&image->elf, SECTION_OWN_ID);

    return id.nr_bytes == BUILD_ID_BYTES ? id.bytes : NULL;
}
