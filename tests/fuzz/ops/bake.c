// SPDX-License-Identifier: GPL-2.0
/*
 * From a recipe to an object file, section by section, with the host's payload
 * builder; then the one thing that is wrong.
 */
#include "recipe.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <xen/kernel.h>
#include <xen/lib.h>
#include <xen/livepatch_arch.h>
#include <xen/version.h>

#include "hook.h"

#define ID_BYTES 20
#define GLOBAL ELF64_ST_INFO(STB_GLOBAL, STT_FUNC)
#define WEAK ELF64_ST_INFO(STB_WEAK, STT_FUNC)
#define LOCAL ELF64_ST_INFO(STB_LOCAL, STT_FUNC)

/* A payload in the making. */
struct oven {
    struct payload_builder *builder;
    const struct recipe *recipe;
    uint32_t text, strings, entries;
    uint32_t text_symbol, strings_symbol;
    uint32_t code[SCRIPT_FUNCTIONS]; /* symbols of the replacements */
    uint32_t export[RECIPE_EXPORTS]; /* 0: none */
    uint32_t undefined[SYMBOL_NR];   /* 0: not yet */
};

/* mov $serial, %eax; ret */
static void put_return(uint8_t *at, uint32_t serial)
{
    at[0] = 0xb8;
    memcpy(at + 1, &serial, sizeof(serial));
    at[5] = 0xc3;
}

void recipe_text(const struct recipe *recipe, uint32_t serial,
                 uint8_t text[TEXT_BYTES])
{
    static const uint8_t endbr[] = {0xf3, 0x0f, 0x1e, 0xfa};

    memset(text, 0xcc, TEXT_BYTES);
    for (unsigned int i = 0; i < SCRIPT_FUNCTIONS; i++) {
        put_return(text + TEXT_REPLACEMENT(i), serial);
    }
    for (unsigned int i = 0; i < RECIPE_EXPORTS; i++) {
        uint8_t *at = text + TEXT_EXPORT(i);

        if (recipe->has_endbr) {
            memcpy(at, endbr, sizeof(endbr));
            at += sizeof(endbr);
        }
        put_return(at, serial);
    }
    memset(text + TEXT_REFERENCE(0), 0, 8 * SCRIPT_REFERENCES);
    for (unsigned int kind = 0; kind < HOOK_NR; kind++) {
        hook_stub(text + TEXT_STUB(kind), serial, kind);
    }
}

static uint32_t undefined_symbol(struct oven *oven, enum recipe_symbol which)
{
    if (!oven->undefined[which]) {
        oven->undefined[which] = builder_symbol(
            oven->builder, recipe_symbol_names[which], SHN_UNDEF, 0, GLOBAL);
    }
    return oven->undefined[which];
}

static void add_text(struct oven *oven, uint32_t serial)
{
    uint8_t text[TEXT_BYTES];

    recipe_text(oven->recipe, serial, text);
    oven->text =
        builder_section(oven->builder, ".text", SHT_PROGBITS,
                        SHF_ALLOC | SHF_EXECINSTR, 16, text, sizeof(text));
    oven->text_symbol = builder_symbol(oven->builder, "", oven->text, 0,
                                       ELF64_ST_INFO(STB_LOCAL, STT_SECTION));
}

static void add_exports(struct oven *oven)
{
    const struct recipe *recipe = oven->recipe;
    const uint8_t global = recipe->has_weak_exports ? WEAK : GLOBAL;

    for (unsigned int i = 0; i < RECIPE_EXPORTS; i++) {
        const bool is_local = recipe->locals >> i & 1;

        if (is_local || recipe->exports >> i & 1) {
            oven->export[i] = builder_symbol(
                oven->builder, recipe_symbol_names[SYMBOL_EXPORT + i],
                oven->text, TEXT_EXPORT(i), is_local ? LOCAL : global);
        }
    }
}

static void add_references(struct oven *oven)
{
    for (unsigned int i = 0; i < oven->recipe->nr_references; i++) {
        builder_relocation(
            oven->builder, oven->text, TEXT_REFERENCE(i), R_X86_64_64,
            undefined_symbol(oven, oven->recipe->references[i]), 0);
    }
}

/* The symbol of what function i goes to, made when it is a replacement. */
static uint32_t code_symbol(struct oven *oven, unsigned int i)
{
    char name[16];

    if (oven->recipe->functions[i].is_export_code) {
        return oven->export[i];
    }
    snprintf(name, sizeof(name), "new_%u", i);
    return builder_symbol(oven->builder, name, oven->text, TEXT_REPLACEMENT(i),
                          GLOBAL);
}

static struct livepatch_expectation
expectation_of(const struct recipe_function *function)
{
    struct livepatch_expectation expect = {
        .enabled = function->expects != EXPECT_NOTHING,
        .len = function->expect_len,
        .rsv = function->expects == EXPECT_RESERVED,
    };

    memcpy(expect.data, function->expect, sizeof(expect.data));
    return expect;
}

static void add_entry(struct oven *oven, unsigned int i)
{
    const struct recipe_function *function = &oven->recipe->functions[i];
    const struct livepatch_func func = {
        .old_addr =
            function->is_nopatch ? _snopatch + 16 : (void *)function->number,
        .new_size = function->new_size,
        .old_size = function->old_size,
        .version = LIVEPATCH_PAYLOAD_VERSION,
        .expect = expectation_of(function),
    };
    const char *name = recipe_symbol_names[function->target];
    const uint64_t entry =
        builder_append(oven->builder, oven->entries, &func, sizeof(func));
    const uint64_t at =
        builder_append(oven->builder, oven->strings, name, strlen(name) + 1);

    builder_relocation(oven->builder, oven->entries,
                       entry + offsetof(struct livepatch_func, name),
                       R_X86_64_64, oven->strings_symbol, (int64_t)at);
    if (!function->is_nops) {
        builder_relocation(oven->builder, oven->entries,
                           entry + offsetof(struct livepatch_func, new_addr),
                           R_X86_64_64, code_symbol(oven, i), 0);
    }
    if (function->is_own) {
        builder_relocation(oven->builder, oven->entries,
                           entry + offsetof(struct livepatch_func, old_addr),
                           R_X86_64_64, oven->text_symbol, TEXT_EXPORT(0));
    } else if (function->by_address && !function->is_nopatch) {
        builder_relocation(
            oven->builder, oven->entries,
            entry + offsetof(struct livepatch_func, old_addr), R_X86_64_64,
            undefined_symbol(oven, function->target), function->shift);
    }
}

static void add_entries(struct oven *oven)
{
    const uint64_t write = oven->recipe->has_writable_entries ? SHF_WRITE : 0;

    if (oven->recipe->nr_functions == 0) {
        return;
    }
    oven->strings =
        builder_section(oven->builder, ".rodata.str", SHT_PROGBITS,
                        SHF_ALLOC | SHF_MERGE | SHF_STRINGS, 1, NULL, 0);
    oven->strings_symbol =
        builder_symbol(oven->builder, "", oven->strings, 0,
                       ELF64_ST_INFO(STB_LOCAL, STT_SECTION));
    oven->entries =
        builder_section(oven->builder, ".livepatch.funcs", SHT_PROGBITS,
                        SHF_ALLOC | write, 8, NULL, 0);
    for (unsigned int i = 0; i < oven->recipe->nr_functions; i++) {
        add_entry(oven, i);
    }
}

static void add_hooks(struct oven *oven)
{
    const uint64_t write = oven->recipe->has_writable_hooks ? SHF_WRITE : 0;

    for (unsigned int kind = 0; kind < HOOK_NR; kind++) {
        const unsigned int nr = hook_count(oven->recipe, kind);
        char name[48];
        uint32_t section;

        if (nr == 0) {
            continue;
        }
        snprintf(name, sizeof(name), ".livepatch.hooks.%s", hook_names[kind]);
        section = builder_section(oven->builder, name, SHT_PROGBITS,
                                  SHF_ALLOC | write, 8, NULL, 8 * nr);
        for (unsigned int i = 0; i < nr; i++) {
            builder_relocation(oven->builder, section, 8 * i, R_X86_64_64,
                               oven->text_symbol, TEXT_STUB(kind));
        }
    }
}

static void add_notes(struct oven *oven)
{
    uint8_t own[ID_BYTES], below[ID_BYTES];
    const void *running;
    unsigned int len;

    (void)!xen_build_id(&running, &len);
    memset(own, oven->recipe->id, sizeof(own));
    memset(below, oven->recipe->depends, sizeof(below));
    builder_note(oven->builder, ".livepatch.xen_depends", running, len);
    if (oven->recipe->depends) {
        builder_note(oven->builder, ".livepatch.depends", below, sizeof(below));
    } else {
        builder_note(oven->builder, ".livepatch.depends", running, len);
    }
    builder_note(oven->builder, ".note.gnu.build-id", own, sizeof(own));
}

static void add_data(struct oven *oven)
{
    if (oven->recipe->has_data) {
        builder_section(oven->builder, ".data", SHT_PROGBITS,
                        SHF_ALLOC | SHF_WRITE, 8, NULL, 24);
    }
    if (oven->recipe->metadata_bytes) {
        builder_section(oven->builder, ".modinfo", SHT_PROGBITS, SHF_ALLOC, 1,
                        oven->recipe->metadata, oven->recipe->metadata_bytes);
    }
}

/* ---- what is wrong ------------------------------------------------------ */

static void add_bad_relocation(struct oven *oven)
{
    const enum recipe_defect defect = oven->recipe->defect;
    const uint64_t place =
        defect == DEFECT_RELOCATION_PLACE ? TEXT_BYTES - 7 : TEXT_REFERENCE(0);
    const uint32_t type = defect == DEFECT_RELOCATION_TYPE    ? 42 + 37
                          : defect == DEFECT_RELOCATION_VALUE ? R_X86_64_8
                                                              : R_X86_64_64;

    builder_relocation(oven->builder, oven->text, place, type,
                       defect == DEFECT_SYMBOL_0 ? 0 : oven->text_symbol, 0);
}

/* Defects that are in the making. */
static void add_defect(struct oven *oven)
{
    struct payload_builder *builder = oven->builder;
    const uint8_t nothing[8] = {0};

    switch (oven->recipe->defect) {
    case DEFECT_SYMBOL_0:
    case DEFECT_RELOCATION_TYPE:
    case DEFECT_RELOCATION_PLACE:
    case DEFECT_RELOCATION_VALUE:
        add_bad_relocation(oven);
        break;
    case DEFECT_HOOK_POINTER:
        builder_append(builder,
                       builder_section(builder, ".livepatch.hooks.unload",
                                       SHT_PROGBITS, SHF_ALLOC, 8, NULL, 0),
                       nothing, sizeof(nothing));
        break;
    case DEFECT_WRITABLE_CODE:
        builder_section(builder, ".text.odd", SHT_PROGBITS,
                        SHF_ALLOC | SHF_WRITE | SHF_EXECINSTR, 8, NULL, 8);
        break;
    case DEFECT_COMMON:
        builder_symbol(builder, "shared", SHN_COMMON, 8, GLOBAL);
        break;
    case DEFECT_ALIGNMENT:
        builder_section(builder, ".rodata.odd", SHT_PROGBITS, SHF_ALLOC,
                        oven->recipe->where & 1 ? 3 : 8192, NULL, 8);
        break;
    case DEFECT_TWO_IDS:
        builder_note(builder, ".note.gnu.build-id", nothing, sizeof(nothing));
        break;
    case DEFECT_CLASH:
        builder_symbol(builder, "question", oven->text, TEXT_EXPORT(0) + 8,
                       GLOBAL);
        break;
    default:
        break;
    }
}

/* Writes a telling number somewhere. */
static void break_anywhere(const struct payload_file *file, uint8_t where,
                           uint8_t value)
{
    static const uint64_t numbers[] = {
        0, 1, 8, 0x7f, 0xffff, 0x7fffffff, 1ULL << 63, UINT64_MAX};
    static const unsigned int widths[] = {1, 2, 4, 8};
    const unsigned int width = widths[value & 3];
    const size_t at = (size_t)(where * 256 + value) * 37 % (file->size - 8);

    memcpy(file->bytes + at - at % width, &numbers[value >> 2 & 7], width);
}

/* Defects of the finished file. */
static void break_file(const struct recipe *recipe, struct payload_file *file)
{
    switch (recipe->defect) {
    case DEFECT_MAGIC:
        file->bytes[recipe->where & 3] ^= 0x80;
        break;
    case DEFECT_MACHINE:
        file_header(file)->e_machine = EM_AARCH64;
        break;
    case DEFECT_TRUNCATED:
        file->size -= 1 + recipe->where;
        break;
    case DEFECT_XEN_DEPENDS:
        file_content(file, ".livepatch.xen_depends")[16] ^= 1;
        break;
    case DEFECT_METADATA:
        file_content(file, ".modinfo")[recipe->metadata_bytes - 1] = 'x';
        break;
    case DEFECT_ENTRY_VERSION:
        file_content(
            file,
            ".livepatch.funcs")[offsetof(struct livepatch_func, version)] = 1;
        break;
    case DEFECT_ENTRY_NAME:
        file_record(file, ".rela.livepatch.funcs", 0)->r_info =
            ELF64_R_INFO(1, R_X86_64_NONE);
        break;
    case DEFECT_NO_DEPENDS:
        file_named_section(file, ".livepatch.depends")->sh_name++;
        break;
    case DEFECT_WILD:
        break_anywhere(file, recipe->where, recipe->value);
        break;
    default:
        break;
    }
}

struct payload_file recipe_bake(const struct recipe *recipe, uint32_t serial)
{
    struct oven oven = {.builder = builder_new(), .recipe = recipe};
    struct payload_file file;

    add_text(&oven, serial);
    add_exports(&oven);
    add_entries(&oven);
    add_references(&oven);
    add_hooks(&oven);
    add_notes(&oven);
    add_data(&oven);
    add_defect(&oven);
    file = builder_finish(oven.builder);
    break_file(recipe, &file);
    return file;
}
