// SPDX-License-Identifier: GPL-2.0
/*
 * Behind what a compiler begins functions with there is one instruction that
 * loads a number, or the one or two that load an address. Nothing else is taken
 * for a constant.
 *
 * Source: Intel SDM vol. 2 (MOV, LEA, ENDBR64); Arm ARM, A64 (MOVZ, ADRP, ADD
 * immediate, HINT).
 */
#include "image/constant.h"

#include <string.h>

#define MOST_TEXT_BYTES 128

/* Code from `bytes` on, which lies at `address`. */
struct code {
    const unsigned char *bytes;
    uint64_t address, nr;
};

/* What functions begin with, an instruction a row. */
static const struct {
    uint16_t machine;
    uint8_t nr;
    unsigned char bytes[4];
} beginnings[] = {
    {EM_X86_64, 4, {0xf3, 0x0f, 0x1e, 0xfa}},  /* endbr64 */
    {EM_X86_64, 1, {0x55}},                    /* push %rbp */
    {EM_X86_64, 3, {0x48, 0x89, 0xe5}},        /* mov %rsp,%rbp */
    {EM_AARCH64, 4, {0x5f, 0x24, 0x03, 0xd5}}, /* bti c */
    {EM_AARCH64, 4, {0x3f, 0x23, 0x03, 0xd5}}, /* paciasp */
    {EM_AARCH64, 4, {0xfd, 0x7b, 0xbf, 0xa9}}, /* stp x29, x30, [sp, #-16]! */
    {EM_AARCH64, 4, {0xfd, 0x03, 0x00, 0x91}}, /* mov x29, sp */
};

static bool skip_one(uint16_t machine, struct code *code)
{
    for (size_t i = 0; i < sizeof(beginnings) / sizeof(*beginnings); i++) {
        const size_t nr = beginnings[i].nr;

        if (beginnings[i].machine == machine && code->nr >= nr &&
            memcmp(code->bytes, beginnings[i].bytes, nr) == 0) {
            code->bytes += nr;
            code->address += nr;
            code->nr -= nr;
            return true;
        }
    }
    return false;
}

static bool find_code(const struct image *image, const char *name,
                      struct code *code)
{
    const struct image_symbol *symbol = image_find_name(image, name);

    if (!symbol || !symbol->is_function || symbol->is_ambiguous) {
        return false;
    }
    *code = (struct code){image_bytes(image, symbol->address, symbol->size),
                          symbol->address, symbol->size};
    while (code->bytes && skip_one(image_elf(image)->header.e_machine, code)) {
    }
    return code->bytes != NULL;
}

static uint32_t word_at(const unsigned char *bytes)
{
    uint32_t word;

    memcpy(&word, bytes, sizeof(word));
    return word;
}

/* mov $number,%eax; movz w0, #number */
bool image_number_of(const struct image *image, const char *name,
                     unsigned int *number)
{
    struct code code;

    if (!find_code(image, name, &code)) {
        return false;
    }
    if (image_elf(image)->header.e_machine == EM_X86_64) {
        *number = code.nr >= 5 ? word_at(code.bytes + 1) : 0;
        return code.nr >= 5 && code.bytes[0] == 0xb8;
    }
    *number = code.nr >= 4 ? word_at(code.bytes) >> 5 & 0xffff : 0;
    return code.nr >= 4 && (word_at(code.bytes) & 0xffe0001f) == 0x52800000;
}

/* adrp x0, page; add x0, x0, #offset */
static bool read_page_address(const struct code *code, uint64_t *address)
{
    uint32_t adrp, add;
    int64_t pages;

    if (code->nr < 8) {
        return false;
    }
    adrp = word_at(code->bytes);
    add = word_at(code->bytes + 4);
    /* 21 bits: 19 in the middle, the low two above them. */
    pages = (int32_t)((adrp << 8 & 0xffffe000) | (adrp >> 18 & 0x1800)) >> 11;
    *address = (code->address & ~UINT64_C(0xfff)) +
               (uint64_t)pages * UINT64_C(0x1000) + (add >> 10 & 0xfff);
    return (adrp & 0x9f00001f) == 0x90000000 &&
           (add & 0xffc003ff) == 0x91000000;
}

/* lea distance(%rip),%rax */
static bool read_near_address(const struct code *code, uint64_t *address)
{
    if (code->nr < 7 || memcmp(code->bytes, "\x48\x8d\x05", 3) != 0) {
        return false;
    }
    *address = code->address + 7 + (uint64_t)(int32_t)word_at(code->bytes + 3);
    return true;
}

const char *image_text_of(const struct image *image, const char *name)
{
    struct code code;
    uint64_t address;
    const unsigned char *text;
    uint64_t nr = 1;

    if (!find_code(image, name, &code) ||
        !(image_elf(image)->header.e_machine == EM_X86_64
              ? read_near_address(&code, &address)
              : read_page_address(&code, &address))) {
        return NULL;
    }
    while ((text = image_bytes(image, address, nr)) && nr < MOST_TEXT_BYTES) {
        if (!text[nr - 1]) {
            return (const char *)text;
        }
        nr++;
    }
    return NULL;
}
