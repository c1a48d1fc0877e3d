// SPDX-License-Identifier: GPL-2.0
/*
 * The seeds: one function; metadata and data of its own; many functions, with
 * expectations; NOPs; hooks; symbols, relocations of every kind and a GOT; a
 * reference to the neighbour; a function of the neighbour's replaced; bug
 * frames, an exception table and alternatives; alternative calls of both forms.
 */
#include "seeds.h"

#include <stdio.h>
#include <string.h>

#include <xen/kernel.h>
#include <xen/livepatch_arch.h>
#include <asm/alternative.h>

#include "host/features.h"
#include "host/payload_special.h"

#include "broken/set.h"
#include "host/fake_text.h"

#define RELOCATION_TYPES 43
#define NEIGHBOUR_ID 0x22
#define RICH_SEED (FUZZ_NR_SEEDS - 1)

static const struct payload_function functions[] = {
    {.old_name = "answer",
     .old_size = 16,
     .code = payload_return_42,
     .code_bytes = sizeof(payload_return_42),
     .expect = {.enabled = 1, .len = 1, .data = {0xb8}}},
    {.old_name = "question",
     .old_size = 16,
     .code = payload_return_42,
     .code_bytes = sizeof(payload_return_42)},
    {.old_name = "answer_endbr",
     .old_size = 16,
     .code = payload_return_42,
     .code_bytes = sizeof(payload_return_42)},
    {.old_name = "common/file.c#local", .old_size = 16, .new_size = 7},
    {.old_name = "shared",
     .old_size = 16,
     .code = payload_return_42,
     .code_bytes = sizeof(payload_return_42)},
};

static struct payload_builder *start_on(uint8_t below, unsigned int first,
                                        unsigned int nr, bool has_data)
{
    const struct payload_description what = {
        .functions = &functions[first],
        .nr_functions = nr,
        .id = 0x11,
        .depends = below,
        .metadata = has_data ? "cve=1\0by=fuzz" : NULL,
        .metadata_bytes = has_data ? 14 : 0,
        .has_data = has_data,
    };

    return payload_start(&what);
}

static struct payload_builder *start(unsigned int first, unsigned int nr,
                                     bool has_data)
{
    return start_on(0, first, nr, has_data);
}

/* A pointer to the payload's own text in each kind of hook's section. */
static struct payload_builder *start_with_hooks(void)
{
    static const char *const kinds[] = {"load",   "unload",    "preapply",
                                        "apply",  "postapply", "prerevert",
                                        "revert", "postrevert"};
    struct payload_builder *builder = start(0, 1, false);
    char name[64];

    for (unsigned int i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        uint32_t section;

        snprintf(name, sizeof(name), ".livepatch.hooks.%s", kinds[i]);
        section = builder_section(builder, name, SHT_PROGBITS,
                                  SHF_ALLOC | SHF_WRITE, 8, NULL, 8);
        builder_relocation(builder, section, 0, R_X86_64_64, 1, 0);
    }
    return builder;
}

/* Each supported type once, against a symbol whose value fits every field. */
static struct payload_builder *start_with_relocations(void)
{
    struct payload_builder *builder = start(0, 2, true);
    const uint32_t section = builder_section(
        builder, ".rodata.places", SHT_PROGBITS, SHF_ALLOC, 8, NULL, 512);
    const uint32_t small = builder_symbol(builder, "small", SHN_ABS, 1, 0);
    uint64_t at = 0;

    builder_symbol(builder, "exported", (uint16_t)section, 8,
                   ELF64_ST_INFO(STB_GLOBAL, STT_OBJECT));
    for (uint32_t type = 0; type < RELOCATION_TYPES; type++) {
        const struct livepatch_howto *howto = arch_livepatch_howto(type);

        if (howto && (!howto->pc_relative || howto->via_got)) {
            builder_relocation(builder, section, at, type, small, 0);
            at += 8;
        }
    }
    return builder;
}

/* Frames of each kind, two fixups, and code that is exchanged and not. */
static struct payload_builder *start_with_special(void)
{
    static const uint8_t code[] = {0xe8, 0, 0, 0, 0, 0x90};
    struct payload_builder *builder = start(0, 2, true);
    struct payload_bug bug = {.line = 300};
    struct payload_alternative alt = {.original_bytes = 4, .padding_bytes = 2};

    for (unsigned int kind = 0; kind < BUGFRAME_NR; kind++) {
        bug.kind = kind;
        bug.where = (struct payload_place){PAYLOAD_TEXT, 2 * kind};
        bug.subject = (struct payload_place){
            kind == BUGFRAME_run_fn ? PAYLOAD_TEXT : PAYLOAD_STRINGS, 0};
        bug.message = bug.subject;
        payload_add_bug(builder, &bug);
    }
    for (unsigned int i = 0; i < 2; i++) {
        payload_add_fixup(builder, (struct payload_place){PAYLOAD_TEXT, 7 - i},
                          (struct payload_place){PAYLOAD_TEXT, i});
    }
    alt.code = payload_add_code(builder, code, sizeof(code));
    alt.code_bytes = sizeof(code);
    for (unsigned int i = 0; i < 2; i++) {
        alt.where = (struct payload_place){PAYLOAD_TEXT, 16 * i};
        alt.feature = i ? HOST_HAS : HOST_HAS_NOT;
        payload_add_alternative(builder, &alt);
    }
    return builder;
}

/* A pointer to the payload's own text, and two calls through it. */
static struct payload_builder *start_with_calls(void)
{
    static const uint8_t call[16] = {0xff, 0x15};
    static const uint8_t mark[] = {0xe8, 0xfb, 0xff, 0xff, 0xff};
    struct payload_builder *builder = start(0, 1, true);
    const uint32_t text = builder_find(builder, ".text");
    const struct payload_place pointer =
        payload_add_section(builder, ".rodata.pointer", SHF_ALLOC, NULL, 8);
    struct payload_alternative alt = {
        .original_bytes = 6,
        .code_bytes = sizeof(mark),
        .feature = LIVEPATCH_FEATURE,
    };
    uint64_t site = builder_append(builder, text, call, sizeof(call));

    builder_relocation(builder, builder_find(builder, ".rodata.pointer"), 0,
                       R_X86_64_64, PAYLOAD_TEXT, 0);
    builder_relocation(builder, text, site + 2, R_X86_64_PC32, pointer.symbol,
                       -4);
    alt.where = (struct payload_place){PAYLOAD_TEXT, (int64_t)site};
    alt.code = payload_add_code(builder, mark, sizeof(mark));
    payload_add_alternative(builder, &alt);
    site = builder_append(builder, text, call, sizeof(call));
    builder_relocation(builder, text, site + 2, R_X86_64_PC32, pointer.symbol,
                       -4);
    builder_relocation(builder,
                       builder_section(builder, ".alt_call_sites", SHT_PROGBITS,
                                       SHF_ALLOC, 4, NULL, 4),
                       0, R_X86_64_PC32, PAYLOAD_TEXT, (int64_t)site);
    return builder;
}

/* Its .text: a replacement in 16 bytes, then `shared`. */
static struct payload_builder *start_neighbour(void)
{
    static const struct payload_description what = {
        .functions = &functions[0], .nr_functions = 1, .id = NEIGHBOUR_ID};
    struct payload_builder *builder = payload_start(&what);
    const uint32_t text = builder_find(builder, ".text");
    const uint32_t data = builder_section(builder, ".rodata", SHT_PROGBITS,
                                          SHF_ALLOC, 8, NULL, 16);
    uint8_t code[16] = {0};

    memcpy(code, payload_return_42, sizeof(payload_return_42));
    builder_symbol(builder, "shared", (uint16_t)text,
                   builder_append(builder, text, code, sizeof(code)),
                   ELF64_ST_INFO(STB_GLOBAL, STT_FUNC));
    builder_symbol(builder, "shared_datum", (uint16_t)data, 8,
                   ELF64_ST_INFO(STB_GLOBAL, STT_OBJECT));
    return builder;
}

static struct payload_builder *start_with_references(void)
{
    struct payload_builder *builder = start_on(NEIGHBOUR_ID, 1, 1, false);
    const uint32_t section = builder_section(
        builder, ".rodata.places", SHT_PROGBITS, SHF_ALLOC, 8, NULL, 32);

    builder_relocation(builder, section, 0, R_X86_64_64,
                       builder_symbol(builder, "shared_datum", SHN_UNDEF, 0,
                                      ELF64_ST_INFO(STB_GLOBAL, STT_NOTYPE)),
                       0);
    builder_relocation(builder, section, 8, R_X86_64_PC32,
                       builder_symbol(builder, "shared", SHN_UNDEF, 0,
                                      ELF64_ST_INFO(STB_GLOBAL, STT_NOTYPE)),
                       -4);
    return builder;
}

static struct payload_builder *start_seed(unsigned int i)
{
    switch (i) {
    case 0:
        return start(0, 1, false);
    case 1:
        return start(0, 1, true);
    case 2:
        return start(0, 3, false);
    case 3:
        return start(3, 1, false);
    case 4:
        return start_with_hooks();
    case 5:
        return start_with_relocations();
    case 6:
        return start_with_references();
    case 7:
        return start_on(NEIGHBOUR_ID, 4, 1, false);
    case 8:
        return start_with_calls();
    default:
        return start_with_special();
    }
}

/* The good one of the set of broken payloads, with something of everything. */
static struct payload_file make_rich_seed(void)
{
    struct broken_payload good;

    broken_make_row(0, &good);
    return (struct payload_file){.bytes = good.bytes, .size = good.size};
}

/* Functions hold what the good payload expects of them: zeros. */
static const void *address_of(const struct broken_symbol *symbol)
{
    static const uint8_t zeros[16];

    switch (symbol->kind) {
    case BROKEN_FUNCTION:
        return host_function_add(symbol->name, zeros, sizeof(zeros));
    case BROKEN_PATCHING_PATH:
        return _snopatch;
    case BROKEN_DATA:
        return _srodata + 32;
    default:
        return _sinit + 32;
    }
}

void fuzz_add_symbols(void)
{
    for (unsigned int i = 0; broken_symbols[i].name; i++) {
        host_symbol_add(broken_symbols[i].name, address_of(&broken_symbols[i]));
    }
}

const struct payload_file *fuzz_seed(unsigned int i)
{
    static struct payload_file seeds[FUZZ_NR_SEEDS];

    if (!seeds[i].bytes) {
        seeds[i] =
            i == RICH_SEED ? make_rich_seed() : builder_finish(start_seed(i));
    }
    return &seeds[i];
}

const struct payload_file *fuzz_neighbour(void)
{
    static struct payload_file neighbour;

    if (!neighbour.bytes) {
        neighbour = builder_finish(start_neighbour());
    }
    return &neighbour;
}
