// SPDX-License-Identifier: GPL-2.0
/*
 * Stubs and sections of hooks; see hook_payload.h.
 */
#include "hook_payload.h"

#include "sections.h"

#define STUB_BYTES 16

char noted[32];

void note(char letter)
{
    const size_t length = strlen(noted);

    assert_true(length < sizeof(noted) - 1);
    noted[length] = letter;
    noted[length + 1] = '\0';
}

/* movabs $fn, %rax; jmp *%rax */
static void make_stub(uint8_t stub[STUB_BYTES], const void *fn)
{
    memset(stub, 0xcc, STUB_BYTES);
    stub[0] = 0x48;
    stub[1] = 0xb8;
    memcpy(stub + 2, &fn, sizeof(fn));
    stub[10] = 0xff;
    stub[11] = 0xe0;
}

/* Hooks of one kind follow each other in one section. */
static uint32_t hook_section(struct payload_builder *builder, enum lp_hook kind)
{
    const char *name = lp_sections_name(LP_SECTION_HOOKS + kind);
    const uint32_t section = builder_find(builder, name);

    return section ? section
                   : builder_section(builder, name, SHT_PROGBITS, SHF_ALLOC, 8,
                                     NULL, 0);
}

static void add_hook(struct payload_builder *builder, uint32_t text,
                     const struct test_hook *hook)
{
    const uint32_t section = hook_section(builder, hook->kind);
    const uint64_t nothing = 0;
    uint8_t stub[STUB_BYTES];
    uint64_t pointer;
    uint32_t symbol;

    make_stub(stub, hook->fn);
    symbol = builder_symbol(builder, "stub", text,
                            builder_append(builder, text, stub, STUB_BYTES),
                            ELF64_ST_INFO(STB_LOCAL, STT_FUNC));
    pointer = builder_append(builder, section, &nothing, sizeof(nothing));
    builder_relocation(builder, section, pointer, HOST_RELOC_ABS64, symbol, 0);
}

struct payload_file make_hook_payload(const struct hook_payload *what)
{
    const struct payload_function function = {
        .old_name = what->function,
        .old_size = 16,
        .code = payload_return_42,
        .code_bytes = sizeof(payload_return_42),
    };
    const struct payload_description description = {
        .functions = &function,
        .nr_functions = what->function != NULL,
        .id = what->id,
        .depends = what->depends,
        .has_data = what->has_data,
    };
    struct payload_builder *builder = payload_start(&description);
    struct payload_file file;
    const uint32_t text =
        builder_section(builder, ".text.hooks", SHT_PROGBITS,
                        SHF_ALLOC | SHF_EXECINSTR, 16, NULL, 0);

    for (unsigned int i = 0; i < what->nr_hooks; i++) {
        add_hook(builder, text, &what->hooks[i]);
    }
    file = builder_finish(builder);
    if (!what->function) {
        file_named_section(&file, ".livepatch.funcs")->sh_name++;
    }
    return file;
}

struct lp_payload *must_load_hook_payload(const struct hook_payload *what,
                                          const char *name)
{
    struct payload_file file = make_hook_payload(what);
    struct lp_payload *payload = must_load(&file, name);

    payload_file_free(&file);
    return payload;
}
