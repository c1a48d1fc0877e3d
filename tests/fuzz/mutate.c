// SPDX-License-Identifier: GPL-2.0
/*
 * How a payload is broken with a sense of its structure: mostly by writing a
 * telling number into one field of the ELF header, a section header, a symbol,
 * a record or an entry, or into several that belong together (break_pair.c);
 * now and then by libFuzzer's own random changes.
 */
#include <stdlib.h>
#include <string.h>

#include "mutate.h"
#include "seeds.h"

size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most,
                               unsigned int seed);

/* xorshift: the same changes for the same seed. */
static uint32_t state;

uint32_t fuzz_pick(uint32_t below)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state % below;
}

static uint64_t pick_number(size_t file_size)
{
    const uint64_t numbers[] = {0,
                                1,
                                2,
                                3,
                                4,
                                7,
                                8,
                                31,
                                32,
                                64,
                                104,
                                0x7f,
                                0x80,
                                0xff,
                                0xfff,
                                0x1000,
                                0x1001,
                                0xff00,
                                0xfff1,
                                0xfff2,
                                0xffff,
                                0x7fffffff,
                                0x80000000,
                                0xffffffff,
                                1ULL << 63,
                                UINT64_MAX,
                                UINT64_MAX - 7,
                                file_size,
                                file_size - 1,
                                file_size + 1,
                                fuzz_pick(64),
                                fuzz_pick(1 << 16)};

    return numbers[fuzz_pick(sizeof(numbers) / sizeof(*numbers))];
}

bool fuzz_file_open(uint8_t *bytes, size_t size, struct fuzz_file *file)
{
    Elf_Ehdr header;

    memcpy(&header, bytes, sizeof(header));
    *file = (struct fuzz_file){
        .bytes = bytes,
        .size = size,
        .sections_at = header.e_shoff,
        .nr_sections = header.e_shnum,
    };
    return header.e_shnum != 0 && header.e_shoff <= size &&
           header.e_shnum * sizeof(Elf_Shdr) <= size - header.e_shoff;
}

Elf_Shdr fuzz_section(const struct fuzz_file *file, uint32_t i)
{
    Elf_Shdr section;

    memcpy(&section, file->bytes + file->sections_at + i * sizeof(section),
           sizeof(section));
    return section;
}

void fuzz_set_section(const struct fuzz_file *file, uint32_t i,
                      const Elf_Shdr *section)
{
    memcpy(file->bytes + file->sections_at + i * sizeof(*section), section,
           sizeof(*section));
}

uint8_t *fuzz_content(const struct fuzz_file *file, const Elf_Shdr *section,
                      size_t least)
{
    if (section->sh_size < least || section->sh_offset > file->size ||
        section->sh_size > file->size - section->sh_offset) {
        return NULL;
    }
    return file->bytes + section->sh_offset;
}

static void write_number(uint8_t *bytes, size_t size, size_t at,
                         unsigned int width)
{
    const uint64_t number = pick_number(size);

    if (at <= size && width <= size - at) {
        memcpy(bytes + at, &number, width);
    }
}

/* A field of an element of a section's content: symbols, records, entries. */
static void break_content(const struct fuzz_file *file, const Elf_Shdr *section)
{
    static const unsigned int widths[] = {1, 2, 4, 8};
    const unsigned int width = widths[fuzz_pick(4)];

    if (fuzz_content(file, section, 1)) {
        const uint64_t at = section->sh_offset + fuzz_pick(section->sh_size);

        write_number(file->bytes, file->size, at - at % width, width);
    }
}

static void break_section(const struct fuzz_file *file)
{
    const uint32_t i = fuzz_pick(file->nr_sections);
    const Elf_Shdr section = fuzz_section(file, i);
    const size_t at = file->sections_at + i * sizeof(section);

    if (fuzz_pick(2)) {
        write_number(file->bytes, file->size,
                     at + 4 * fuzz_pick(sizeof(section) / 4),
                     fuzz_pick(2) ? 4 : 8);
    } else {
        break_content(file, &section);
    }
}

static void break_one(uint8_t *bytes, size_t size)
{
    static const unsigned int header_widths[] = {2, 4, 8};
    struct fuzz_file file;

    if (fuzz_pick(8) == 0) {
        write_number(bytes, size, 2 * fuzz_pick(sizeof(Elf_Ehdr) / 2),
                     header_widths[fuzz_pick(3)]);
    } else if (fuzz_file_open(bytes, size, &file)) {
        break_section(&file);
    }
}

/* In half of the files nothing else: one wrong field refuses all. */
static void break_some(uint8_t *bytes, size_t size)
{
    struct fuzz_file file;

    if (fuzz_pick(2) && fuzz_file_open(bytes, size, &file)) {
        fuzz_break_pair(&file);
        return;
    }
    for (unsigned int i = 1 + fuzz_pick(3); i > 0; i--) {
        break_one(bytes, size);
    }
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most,
                               unsigned int seed)
{
    state = seed | 1;
    if (size < sizeof(Elf_Ehdr) || fuzz_pick(16) == 0) {
        const struct payload_file *from = fuzz_seed(fuzz_pick(FUZZ_NR_SEEDS));

        size = from->size < most ? from->size : most;
        memcpy(bytes, from->bytes, size);
    }
    if (fuzz_pick(16) == 0) {
        return LLVMFuzzerMutate(bytes, size, most);
    }
    if (size >= sizeof(Elf_Ehdr)) {
        break_some(bytes, size);
    }
    return size;
}
