// SPDX-License-Identifier: GPL-2.0
/*
 * Each of the functions gives a constant: behind what a compiler begins
 * functions with there is one instruction that loads a number, or the one or
 * two that load an address. Nothing else is taken for a version.
 *
 * Source: Intel SDM vol. 2 (MOV, LEA, ENDBR64); Arm ARM, A64 (MOVZ, ADRP, ADD
 * immediate, HINT).
 */
#include "image/version.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "lib/xen_symbols.h"

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
static bool read_number(const struct image *image, const char *name,
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

/* The string that a function gives; NULL. */
static const char *read_text(const struct image *image, const char *name)
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

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

int image_update_of(const char *extra)
{
    char *rest = (char *)extra;
    int update = extra[0] == '.' && isdigit((unsigned char)extra[1])
                     ? (int)strtol(extra + 1, &rest, 10)
                     : 0;

    return begins(rest, "-pre") || begins(rest, "-rc") ||
                   begins(rest, "-unstable")
               ? update - 1
               : update;
}

bool image_read_version(const struct image *image,
                        struct image_version *version)
{
    const char *extra = read_text(image, "xen_extra_version");

    if (!extra || !read_number(image, "xen_major_version", &version->major) ||
        !read_number(image, "xen_minor_version", &version->minor)) {
        return false;
    }
    version->update = image_update_of(extra);
    return true;
}

bool image_version_writes_entries(const struct image_version *version)
{
    /* The first update of each release that does not. */
    static const struct {
        unsigned int minor;
        int update;
    } ends[] = {{17, 3}, {18, 1}, {19, 0}};

    for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
        if (version->major == 4 && version->minor == ends[i].minor) {
            return version->update < ends[i].update;
        }
    }
    return version->major == 4 && version->minor < ends[0].minor;
}

bool image_writes_entries(const struct image *image)
{
    struct image_version version;

    return !xen_symbols_are_ours(image_elf(image)) &&
           image_read_version(image, &version) &&
           image_version_writes_entries(&version);
}
