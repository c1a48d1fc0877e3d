// SPDX-License-Identifier: GPL-2.0
/*
 * Sorts a linked image's exception table by the address of the instruction, so
 * that the hypervisor can search it from its first instruction on without
 * ever writing to it. Takes the image and changes it in place; an image
 * without a table stays as it is. The form of an entry is <xen/extable.h>'s.
 *
 * usage: extable IMAGE
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECTION ".ex_table"

/* Distances from the field itself. */
struct entry {
    int32_t addr;
    int32_t cont;
};

/* The same, from the table's start. */
struct place {
    int64_t addr;
    int64_t cont;
};

struct image {
    const char *path;
    uint8_t *bytes;
    size_t size;
};

static void __attribute__((noreturn))
fail(const struct image *image, const char *why)
{
    fprintf(stderr, "extable: %s: %s\n", image->path, why);
    exit(1);
}

static void map_image(struct image *image)
{
    const int fd = open(image->path, O_RDWR);
    struct stat stat;

    if (fd < 0 || fstat(fd, &stat)) {
        fail(image, strerror(errno));
    }
    image->size = (size_t)stat.st_size;
    image->bytes =
        mmap(NULL, image->size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (image->bytes == MAP_FAILED) {
        fail(image, strerror(errno));
    }
    close(fd);
}

/* [at, at + bytes) of the file. */
static void *part(const struct image *image, uint64_t at, uint64_t bytes)
{
    if (at > image->size || bytes > image->size - at) {
        fail(image, "ends too early");
    }
    return image->bytes + at;
}

static const Elf64_Shdr *find_table(const struct image *image)
{
    const Elf64_Ehdr *header = part(image, 0, sizeof(*header));
    const Elf64_Shdr *sections = part(
        image, header->e_shoff, header->e_shnum * (uint64_t)sizeof(*sections));
    const Elf64_Shdr *names = &sections[header->e_shstrndx];

    if (memcmp(header->e_ident, ELFMAG, SELFMAG) ||
        header->e_ident[EI_CLASS] != ELFCLASS64 ||
        header->e_shstrndx >= header->e_shnum) {
        fail(image, "not a 64-bit ELF file with section names");
    }
    for (unsigned int i = 1; i < header->e_shnum; i++) {
        const char *name =
            part(image, names->sh_offset + sections[i].sh_name, 1);

        if (!strcmp(name, SECTION)) {
            return &sections[i];
        }
    }
    return NULL;
}

static int compare_places(const void *left, const void *right)
{
    const struct place *a = left, *b = right;

    return (a->addr > b->addr) - (a->addr < b->addr);
}

static void sort_entries(const struct image *image, struct entry *entries,
                         size_t nr)
{
    struct place *places = calloc(nr ? nr : 1, sizeof(*places));

    if (!places) {
        fail(image, "out of memory");
    }
    for (size_t i = 0; i < nr; i++) {
        const int64_t at = (int64_t)(i * sizeof(*entries));

        places[i].addr = entries[i].addr + at;
        places[i].cont = entries[i].cont + at;
    }
    qsort(places, nr, sizeof(*places), compare_places);
    for (size_t i = 0; i < nr; i++) {
        const int64_t at = (int64_t)(i * sizeof(*entries));

        if (i > 0 && places[i].addr == places[i - 1].addr) {
            fail(image, "two entries for one instruction");
        }
        entries[i].addr = (int32_t)(places[i].addr - at);
        entries[i].cont = (int32_t)(places[i].cont - at);
    }
    free(places);
}

int main(int argc, char **argv)
{
    struct image image = {.path = argc == 2 ? argv[1] : ""};
    const Elf64_Shdr *table;

    if (argc != 2) {
        fprintf(stderr, "usage: extable IMAGE\n");
        return 2;
    }
    map_image(&image);
    table = find_table(&image);
    if (table) {
        if (table->sh_size % sizeof(struct entry)) {
            fail(&image, SECTION " is no multiple of its entries");
        }
        sort_entries(&image, part(&image, table->sh_offset, table->sh_size),
                     table->sh_size / sizeof(struct entry));
    }
    return 0;
}
