// SPDX-License-Identifier: GPL-2.0
/*
 * The good payload that the set starts from, with something of everything: an
 * entry that finds its function by name, one by address and one of NOPs; all
 * kinds of hooks; metadata; data; an export; bug frames, an exception table and
 * an alternative; a section that is not loaded; and each type of relocation. It
 * is for loading, not for applying.
 */
#include "rows.h"
#include "set.h"

#include <stdio.h>

#include <asm/cpufeature.h>

#include "host/payload_special.h"

#define LOCAL(type) ELF64_ST_INFO(STB_LOCAL, type)
#define GLOBAL(type) ELF64_ST_INFO(STB_GLOBAL, type)

const struct broken_symbol broken_symbols[] = {
    {"xen_extra_version", BROKEN_FUNCTION},
    {"xen_compile_date", BROKEN_FUNCTION},
    {"xen_compiler", BROKEN_FUNCTION},
    {"printk", BROKEN_FUNCTION},
    {"lp_rendezvous_run", BROKEN_PATCHING_PATH},
    {"max_page", BROKEN_DATA},
    {"common/printk.c#parse_loglvl", BROKEN_INIT},
    {NULL, BROKEN_FUNCTION},
};

static const struct payload_function functions[] = {
    {.old_name = "xen_extra_version",
     .old_size = 16,
     .code = payload_return_42,
     .code_bytes = sizeof(payload_return_42)},
    {.old_name = "xen_compile_date",
     .old_size = 16,
     .code = payload_return_42,
     .code_bytes = sizeof(payload_return_42),
     .expect = {.enabled = 1, .len = 4}},
    {.old_name = "xen_compiler", .old_size = 16, .new_size = 7},
};

static bool is_for_stock;

void broken_for_stock(void)
{
    is_for_stock = true;
}

/* Stock Xen's is that of 64-bit mode (LM). */
uint16_t broken_feature_always(void)
{
    return is_for_stock ? 2 * 32 + 29 : X86_FEATURE_ALWAYS;
}

static const char metadata[] = "cve=none\0by=the set";

static const struct payload_description description = {
    .functions = functions,
    .nr_functions = ARRAY_SIZE(functions),
    .id = 0x5b,
    .metadata = metadata,
    .metadata_bytes = sizeof(metadata),
    .has_data = true,
};

/* The second entry's function: its address instead of its name. */
static void give_address(struct payload_builder *builder)
{
    const uint32_t old = builder_symbol(builder, "xen_compile_date", SHN_UNDEF,
                                        0, GLOBAL(STT_NOTYPE));

    builder_relocation(builder, builder_find(builder, ".livepatch.funcs"),
                       sizeof(struct livepatch_func) +
                           offsetof(struct livepatch_func, old_addr),
                       R_X86_64_64, old, 0);
}

static void add_hooks(struct payload_builder *builder)
{
    static const char *const kinds[] = {"load",   "unload",    "preapply",
                                        "apply",  "postapply", "prerevert",
                                        "revert", "postrevert"};
    char name[64];

    for (unsigned int i = 0; i < ARRAY_SIZE(kinds); i++) {
        uint32_t section;

        snprintf(name, sizeof(name), ".livepatch.hooks.%s", kinds[i]);
        section = builder_section(builder, name, SHT_PROGBITS,
                                  SHF_ALLOC | SHF_WRITE, 8, NULL, 8);
        builder_relocation(builder, section, 0, R_X86_64_64, 1, 0);
    }
}

/* A function for other payloads that calls the hypervisor. */
static void add_export(struct payload_builder *builder, uint32_t printk)
{
    static const uint8_t code[16] = {0xe8, 0, 0, 0, 0, 0xc3};
    const uint32_t text = builder_find(builder, ".text");
    const uint64_t at = builder_append(builder, text, code, sizeof(code));

    builder_symbol(builder, "of_the_set", (uint16_t)text, at, GLOBAL(STT_FUNC));
    builder_relocation(builder, text, at + 1, R_X86_64_PLT32, printk, -4);
}

/* Each place has room for 8 bytes. */
static uint32_t allowed_type(uint32_t type)
{
    const bool is_stocks = type == R_X86_64_NONE || type == R_X86_64_64 ||
                           type == R_X86_64_PC32 || type == R_X86_64_PLT32;

    return is_for_stock && !is_stocks ? R_X86_64_64 : type;
}

/* One record of each type; place i is at 8 * i, and `places` is place 0. */
static void add_places(struct payload_builder *builder, uint32_t printk)
{
    const uint32_t section = builder_section(
        builder, ".rodata.places", SHT_PROGBITS, SHF_ALLOC, 8, NULL, 128);
    const uint32_t one =
        builder_symbol(builder, "one", SHN_ABS, 1, LOCAL(STT_NOTYPE));
    const uint32_t places = builder_symbol(builder, "places", (uint16_t)section,
                                           0, LOCAL(STT_OBJECT));
    const struct {
        uint32_t type;
        uint32_t symbol;
    } records[] = {
        {R_X86_64_64, printk},
        {R_X86_64_PC64, places},
        {R_X86_64_32, one},
        {R_X86_64_32S, one},
        {R_X86_64_16, one},
        {R_X86_64_8, one},
        {R_X86_64_PC32, places},
        {R_X86_64_PC16, places},
        {R_X86_64_PC8, places},
        {R_X86_64_PLT32, printk},
        {R_X86_64_GOTPCREL, printk},
        {R_X86_64_GOTPCRELX, places},
        {R_X86_64_REX_GOTPCRELX, one},
        {R_X86_64_NONE, one},
    };

    for (uint32_t i = 0; i < ARRAY_SIZE(records); i++) {
        builder_relocation(builder, section, 8ULL * i,
                           allowed_type(records[i].type), records[i].symbol, 0);
    }
}

/* What its code says of itself. The code of the alternative is a call. */
static void add_claims(struct payload_builder *builder, uint32_t printk)
{
    static const uint8_t code[5] = {0xe8};
    const struct payload_place text = {PAYLOAD_TEXT, 0};
    struct payload_alternative alt = {
        .where = text,
        .original_bytes = 5,
        .padding_bytes = 1,
        .code_bytes = sizeof(code),
        .feature = X86_FEATURE_FPU,
    };

    builder_section(builder, ".rodata.odd", SHT_PROGBITS, SHF_ALLOC, 4, NULL,
                    4);
    for (unsigned int kind = 0; kind < BUGFRAME_NR; kind++) {
        const struct payload_place strings = {PAYLOAD_STRINGS, 0};
        const struct payload_bug bug = {
            .kind = kind,
            .where = text,
            .subject = kind == BUGFRAME_run_fn ? text : strings,
            .message = strings,
            .line = 300,
        };

        payload_add_bug(builder, &bug);
    }
    payload_add_fixup(builder, text, (struct payload_place){PAYLOAD_TEXT, 5});
    alt.code = payload_add_code(builder, code, sizeof(code));
    builder_relocation(builder, builder_find(builder, ".altinstr_replacement"),
                       1, R_X86_64_PLT32, printk, -4);
    payload_add_alternative(builder, &alt);
}

/* What a compiler leaves behind and no loader needs. */
static void add_unloaded(struct payload_builder *builder)
{
    const uint32_t section =
        builder_section(builder, ".comment", SHT_PROGBITS, 0, 1, "made", 5);
    const uint32_t symbol = builder_symbol(
        builder, "unloaded", (uint16_t)section, 0, LOCAL(STT_OBJECT));

    builder_relocation(builder, section, 0, R_X86_64_64, symbol, 0);
}

struct payload_builder *broken_start_good(void)
{
    struct payload_builder *builder = payload_start(&description);
    const uint32_t printk =
        builder_symbol(builder, "printk", SHN_UNDEF, 0, GLOBAL(STT_NOTYPE));

    give_address(builder);
    add_hooks(builder);
    add_export(builder, printk);
    add_places(builder, printk);
    add_claims(builder, printk);
    add_unloaded(builder);
    builder_symbol(builder, "max_page", SHN_UNDEF, 0, GLOBAL(STT_NOTYPE));
    return builder;
}
