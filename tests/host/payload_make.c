// SPDX-License-Identifier: GPL-2.0
/*
 * From a description to a builder that holds a valid payload for the fake
 * hypervisor. The entries are relocated as the compiler would have it: name,
 * new_addr and, when it is known, old_addr are 64 bit absolute addresses.
 */
#include "payload_builder.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <xen/lib.h>
#include <xen/livepatch_arch.h>
#include <xen/version.h>

const uint8_t payload_return_42[HOST_RETURN_BYTES] = {HOST_RETURN(42)};

static const struct payload_function simple_function = {
    .old_name = "answer",
    .old_size = 16,
    .code = payload_return_42,
    .code_bytes = sizeof(payload_return_42),
};

const struct payload_description payload_simple = {
    .functions = &simple_function,
    .nr_functions = 1,
    .id = 0x11,
};

/* What the functions of a payload refer to. */
struct parts {
    struct payload_builder *builder;
    uint32_t text;
    uint32_t strings;
    uint32_t funcs;
    uint32_t strings_symbol;
};

static uint32_t add_code(struct parts *parts,
                         const struct payload_function *function,
                         unsigned int number)
{
    static const uint8_t padding[16] = {0};
    char name[32];
    const uint64_t at = builder_append(parts->builder, parts->text,
                                       function->code, function->code_bytes);

    builder_append(parts->builder, parts->text, padding,
                   ROUNDUP(at + function->code_bytes, 16) -
                       (at + function->code_bytes));
    snprintf(name, sizeof(name), "new_%u", number);
    return builder_symbol(parts->builder, name, parts->text, at,
                          ELF64_ST_INFO(STB_GLOBAL, STT_FUNC));
}

static void add_function(struct parts *parts,
                         const struct payload_function *function,
                         unsigned int number)
{
    const struct livepatch_func func = {
        .old_addr = (void *)function->old_addr,
        .new_size =
            function->new_size ? function->new_size : function->code_bytes,
        .old_size = function->old_size,
        .version = LIVEPATCH_PAYLOAD_VERSION,
        .expect = function->expect,
    };
    const uint64_t entry =
        builder_append(parts->builder, parts->funcs, &func, sizeof(func));
    const uint64_t name =
        builder_append(parts->builder, parts->strings, function->old_name,
                       strlen(function->old_name) + 1);

    builder_relocation(parts->builder, parts->funcs,
                       entry + offsetof(struct livepatch_func, name),
                       HOST_RELOC_ABS64, parts->strings_symbol, name);
    if (function->code) {
        builder_relocation(parts->builder, parts->funcs,
                           entry + offsetof(struct livepatch_func, new_addr),
                           HOST_RELOC_ABS64, add_code(parts, function, number),
                           0);
    }
}

static void add_notes(struct payload_builder *builder,
                      const struct payload_description *what)
{
    uint8_t own[PAYLOAD_ID_BYTES], below[PAYLOAD_ID_BYTES];
    const void *running = NULL;
    unsigned int len = 0;
    const int rc = xen_build_id(&running, &len);

    memset(own, what->id, sizeof(own));
    memset(below, what->depends, sizeof(below));
    builder_note(builder, ".livepatch.xen_depends", rc ? own : running,
                 rc ? sizeof(own) : len);
    if (what->depends || rc) {
        builder_note(builder, ".livepatch.depends", below, sizeof(below));
    } else {
        builder_note(builder, ".livepatch.depends", running, len);
    }
    builder_note(builder, ".note.gnu.build-id", own, sizeof(own));
}

struct payload_builder *payload_start(const struct payload_description *what)
{
    struct payload_builder *builder = builder_new();
    struct parts parts = {.builder = builder};

    parts.text = builder_section(builder, ".text", SHT_PROGBITS,
                                 SHF_ALLOC | SHF_EXECINSTR, 16, NULL, 0);
    parts.strings =
        builder_section(builder, ".rodata.str", SHT_PROGBITS,
                        SHF_ALLOC | SHF_MERGE | SHF_STRINGS, 1, NULL, 0);
    parts.funcs = builder_section(builder, ".livepatch.funcs", SHT_PROGBITS,
                                  SHF_ALLOC, 8, NULL, 0);
    builder_symbol(builder, "", parts.text, 0,
                   ELF64_ST_INFO(STB_LOCAL, STT_SECTION));
    parts.strings_symbol = builder_symbol(
        builder, "", parts.strings, 0, ELF64_ST_INFO(STB_LOCAL, STT_SECTION));
    builder_symbol(builder, "", parts.funcs, 0,
                   ELF64_ST_INFO(STB_LOCAL, STT_SECTION));
    for (unsigned int i = 0; i < what->nr_functions; i++) {
        add_function(&parts, &what->functions[i], i);
    }
    add_notes(builder, what);
    if (what->metadata) {
        builder_section(builder, ".modinfo", SHT_PROGBITS, SHF_ALLOC, 1,
                        what->metadata, what->metadata_bytes);
    }
    if (what->has_data) {
        builder_section(builder, ".data", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE,
                        8, NULL, 8);
        builder_section(builder, ".bss", SHT_NOBITS, SHF_ALLOC | SHF_WRITE, 32,
                        NULL, 64);
    }
    return builder;
}

struct payload_file payload_make(const struct payload_description *what)
{
    return builder_finish(payload_start(what));
}
