// SPDX-License-Identifier: GPL-2.0
/*
 * How a payload is broken with a sense of its structure: mostly by writing a
 * telling number into one field of the ELF header, a section header, a symbol,
 * a record or an entry; now and then by libFuzzer's own random changes.
 */
#include <stdlib.h>
#include <string.h>

#include <xen/elfstructs.h>
#include <public/sysctl.h>

#include "seeds.h"

size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most,
                               unsigned int seed);

/* xorshift: the same changes for the same seed. */
static uint32_t state;

static uint32_t pick(uint32_t below)
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
                                pick(64),
                                pick(1 << 16)};

    return numbers[pick(sizeof(numbers) / sizeof(*numbers))];
}

/* A section whose header and content lie in the file, or false. */
static bool pick_section(const uint8_t *bytes, size_t size, size_t *header_at,
                         Elf_Shdr *section)
{
    Elf_Ehdr header;

    memcpy(&header, bytes, sizeof(header));
    if (header.e_shnum == 0 || header.e_shoff > size ||
        (uint64_t)header.e_shnum * sizeof(*section) > size - header.e_shoff) {
        return false;
    }
    *header_at = header.e_shoff + pick(header.e_shnum) * sizeof(*section);
    memcpy(section, bytes + *header_at, sizeof(*section));
    return true;
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
static void break_content(uint8_t *bytes, size_t size, const Elf_Shdr *section)
{
    static const unsigned int widths[] = {1, 2, 4, 8};
    const unsigned int width = widths[pick(4)];

    if (section->sh_size && section->sh_offset < size &&
        section->sh_size <= size - section->sh_offset) {
        const uint64_t at = section->sh_offset + pick(section->sh_size);

        write_number(bytes, size, at - at % width, width);
    }
}

static void break_one(uint8_t *bytes, size_t size)
{
    static const unsigned int header_widths[] = {2, 4, 8};
    Elf_Shdr section;
    size_t at;

    if (pick(8) == 0) {
        write_number(bytes, size, 2 * pick(sizeof(Elf_Ehdr) / 2),
                     header_widths[pick(3)]);
    } else if (pick_section(bytes, size, &at, &section)) {
        if (pick(2)) {
            write_number(bytes, size, at + 4 * pick(sizeof(section) / 4),
                         pick(2) ? 4 : 8);
        } else {
            break_content(bytes, size, &section);
        }
    }
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most,
                               unsigned int seed)
{
    state = seed | 1;
    if (size < sizeof(Elf_Ehdr) || pick(16) == 0) {
        const struct payload_file *from = fuzz_seed(pick(FUZZ_NR_SEEDS));

        size = from->size < most ? from->size : most;
        memcpy(bytes, from->bytes, size);
    }
    if (pick(16) == 0) {
        return LLVMFuzzerMutate(bytes, size, most);
    }
    for (unsigned int i = 1 + pick(3); i > 0 && size >= sizeof(Elf_Ehdr); i--) {
        break_one(bytes, size);
    }
    return size;
}
