// SPDX-License-Identifier: GPL-2.0
/*
 * Relocations as arm64's own linker makes them: the object file that it was
 * given, relocated here, has the same bytes. Of what is said as a distance, the
 * distance is the same here and there.
 */
#include "steps.h"

#include <xen/livepatch_arch.h>

#include "reference.h"

struct link_row {
    const char *name;
    const uint8_t *from, *to;
};

#define LINKED(title, file)                                                    \
    {                                                                          \
        title, reference_##file, reference_##file##_end                        \
    }

static const struct link_row links[] = {
    LINKED("small_numbers_are_as_the_linker_s", low),
    LINKED("high_numbers_are_as_the_linker_s", high),
    LINKED("negative_numbers_are_as_the_linker_s", negative),
};

/* Gives each symbol that the object file lacks the value it was linked to. */
static void add_symbols(const struct pipeline *p,
                        const struct payload_file *linked, uint64_t text)
{
    for (uint32_t i = 1; i < p->elf.nr_symbols; i++) {
        const Elf_Sym sym = lp_elf_symbol(&p->elf, i);
        const char *name = lp_elf_symbol_name(&p->elf, &sym);
        uint64_t value;

        if (sym.st_shndx != SHN_UNDEF) {
            continue;
        }
        value = reference_symbol(linked, name)->st_value;
        if (!strncmp(name, "at_", 3)) {
            value += text - file_named_section(linked, ".text")->sh_addr;
        }
        host_symbol_add(name, (void *)value);
    }
}

static void assert_same_words(const uint8_t *ours, const uint8_t *theirs,
                              uint64_t bytes)
{
    for (uint64_t at = 0; at < bytes; at += 4) {
        if (memcmp(ours + at, theirs + at, 4)) {
            fail_msg("at %#lx: %08x, the linker has %08x", at,
                     *(const uint32_t *)(ours + at),
                     *(const uint32_t *)(theirs + at));
        }
    }
}

static void relocated_is_as_linked(void **state)
{
    const struct link_row *row = *state;
    struct payload_file linked = make_reference_copy(row->from, row->to);
    const Elf_Shdr *theirs = file_named_section(&linked, ".text");
    struct pipeline p;
    const uint8_t *ours;

    pipeline_open(&p, copy_reference(relocations), STAGE_IMAGE);
    ours = lp_image_section(&p.image, &p.layout,
                            file_find_section(&p.file, ".text"));
    add_symbols(&p, &linked, (uint64_t)ours);
    assert_int_equal(lp_resolve_symbols(&p.elf, &p.layout, &p.image,
                                        &host_scope, &p.symbols),
                     0);
    p.reached = STAGE_SYMBOLS;
    assert_int_equal(lp_relocate(&p.elf, &p.layout, &p.image, &p.symbols), 0);
    assert_same_words(ours, linked.bytes + theirs->sh_offset, theirs->sh_size);
    pipeline_close(&p);
    payload_file_free(&linked);
}

/* Every row of the table is compared, but for those of no bytes and the two
 * that need a GOT, which the linker puts elsewhere (test_real_payload.c). */
static void reference_has_every_type(void **state)
{
    struct payload_file file = copy_reference(relocations);
    const Elf_Shdr *records = file_named_section(&file, ".rela.text");

    (void)state;
    for (uint32_t type = 0; type < 600; type++) {
        const struct livepatch_howto *howto = arch_livepatch_howto(type);
        bool is_there = false;

        if (!howto || !howto->place_bytes || howto->via_got) {
            continue;
        }
        for (uint32_t i = 0; i < records->sh_size / sizeof(Elf_RelA); i++) {
            is_there |=
                ELF64_R_TYPE(file_record(&file, ".rela.text", i)->r_info) ==
                type;
        }
        if (!is_there) {
            fail_msg("%s is not in relocations.s", howto->name);
        }
    }
    payload_file_free(&file);
}

/* The words of encodings.s. */
static void instructions_are_the_assembler_s(void **state)
{
    static const uint32_t ours[] = {
        INSN_NOP,     INSN_BTI_C, INSN_BTI_J,    INSN_BTI_JC,  INSN_PACIASP,
        INSN_PACIBSP, INSN_B,     INSN_ADRP_X16, INSN_ADD_X16, INSN_BR_X16,
    };
    struct payload_file file = copy_reference(encodings);

    (void)state;
    assert_int_equal(file_named_section(&file, ".text")->sh_size, sizeof(ours));
    assert_same_words((const uint8_t *)ours, file_content(&file, ".text"),
                      sizeof(ours));
    payload_file_free(&file);
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, links, relocated_is_as_linked);
    host_add(&tests, reference_has_every_type);
    host_add(&tests, instructions_are_the_assembler_s);
    return host_run(&tests);
}
