// SPDX-License-Identifier: GPL-2.0
/*
 * From a recipe to an object file, section by section, with the host's payload
 * builder; then the one thing that is wrong.
 */
#include "oven.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <xen/kernel.h>
#include <xen/lib.h>
#include <xen/livepatch_arch.h>
#include <xen/version.h>

#include "hook.h"

#define ID_BYTES 20
#define WEAK ELF64_ST_INFO(STB_WEAK, STT_FUNC)
#define LOCAL ELF64_ST_INFO(STB_LOCAL, STT_FUNC)

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

static void add_crowd(struct oven *oven, uint32_t serial)
{
    for (unsigned int i = 0; oven->recipe->has_crowd && i < RECIPE_CROWD; i++) {
        char name[32];

        snprintf(name, sizeof(name), "one_%u_of_%u", i, serial);
        builder_symbol(oven->builder, name, oven->text, TEXT_REFERENCE(0),
                       GLOBAL);
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
        const bool is_null = oven->recipe->null_hooks >> kind & 1;
        const unsigned int nr = is_null ? 1 : hook_count(oven->recipe, kind);
        char name[48];
        uint32_t section;

        if (nr == 0) {
            continue;
        }
        snprintf(name, sizeof(name), ".livepatch.hooks.%s", hook_names[kind]);
        section = builder_section(oven->builder, name, SHT_PROGBITS,
                                  SHF_ALLOC | write, 8, NULL, 8 * nr);
        for (unsigned int i = 0; i < nr && !is_null; i++) {
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

struct payload_file recipe_bake(const struct recipe *recipe, uint32_t serial)
{
    struct oven oven = {.builder = builder_new(), .recipe = recipe};
    struct payload_file file;

    add_text(&oven, serial);
    add_exports(&oven);
    add_crowd(&oven, serial);
    add_entries(&oven);
    add_references(&oven);
    add_hooks(&oven);
    add_notes(&oven);
    add_data(&oven);
    oven_add_defect(&oven);
    file = builder_finish(oven.builder);
    oven_break_file(recipe, &file);
    return file;
}
