// SPDX-License-Identifier: GPL-2.0
/*
 * A payload that arm64's compiler made (reference/payload.c), through the whole
 * loader and into the fake hypervisor's text. None of it is run.
 */
#include "steps.h"

#include <xen/livepatch_arch.h>

#include "reference.h"
#include "symtab.h"

static struct lp_payload *load(struct payload_file *file)
{
    *file = copy_reference(payload);
    return must_load(file, "real");
}

static const struct lp_own_symbol *find_own(const struct lp_payload *payload,
                                            const char *name)
{
    for (uint32_t i = 0; i < payload->symbols.nr; i++) {
        const struct lp_own_symbol *symbol = &payload->symbols.symbol[i];

        if (!strcmp(lp_symtab_name(payload, symbol), name)) {
            return symbol;
        }
    }
    return NULL;
}

static void assembler_s_marks_are_no_symbols(void **state)
{
    struct payload_file file;
    struct lp_payload *payload = load(&file);

    (void)state;
    assert_non_null(reference_symbol(&file, "$x"));
    assert_non_null(reference_symbol(&file, "$d"));
    for (uint32_t i = 0; i < payload->symbols.nr; i++) {
        assert_int_not_equal(
            lp_symtab_name(payload, &payload->symbols.symbol[i])[0], '$');
    }
    assert_non_null(find_own(payload, "new_answer"));
    assert_non_null(find_own(payload, "twice"));
    must_unload(payload);
    payload_file_free(&file);
}

static void functions_are_changed_and_put_back(void **state)
{
    static const uint8_t nops[] = {HOST_NOP, HOST_NOP};
    struct payload_file file;
    struct lp_payload *payload = load(&file);
    const uint8_t *answer = host_symbol("answer");
    const uint64_t target = lp_symtab_address(find_own(payload, "new_answer"));

    (void)state;
    must_apply(payload);
    assert_int_equal(insn_read(answer) >> 26, INSN_B >> 26);
    assert_int_equal((uint64_t)answer + 4 * insn_get_field(insn_read(answer),
                                                           INSN_FIELD_IMM26),
                     target);
    assert_memory_equal(host_symbol("common/file.c#local"), nops, sizeof(nops));
    must_revert(payload);
    assert_true(host_text_is_pristine());
    must_unload(payload);
    payload_file_free(&file);
}

/* Where ADRP, and the load that takes its result, find a word. */
static const uint64_t *got_word(const uint8_t *adrp, const uint8_t *load)
{
    const uint64_t page =
        ((uint64_t)adrp & ~0xfffUL) +
        (uint64_t)insn_get_field(insn_read(adrp), INSN_FIELD_ADR) * 0x1000;

    return (const uint64_t *)(page + 8 * (insn_read(load) >> 10 & 0xfff));
}

static uint32_t type_of(const Elf_RelA *record)
{
    return ELF64_R_TYPE(record->r_info);
}

/* The place in the image that the n-th record of that type is about, and its
 * symbol's number; NULL: there are no more. */
static const uint8_t *find_place(const struct payload_file *file,
                                 const struct lp_payload *payload,
                                 uint32_t type, uint32_t symbol)
{
    const Elf_Shdr *records = file_named_section(file, ".rela.text");
    const uint8_t *text =
        (const uint8_t *)lp_symtab_address(find_own(payload, "new_answer")) -
        reference_symbol(file, "new_answer")->st_value;

    for (uint32_t i = 0; i < records->sh_size / sizeof(Elf_RelA); i++) {
        const Elf_RelA *record = file_record(file, ".rela.text", i);

        if (type_of(record) == type && ELF64_R_SYM(record->r_info) == symbol) {
            return text + record->r_offset;
        }
    }
    return NULL;
}

static void got_leads_to_the_hypervisor_s_data(void **state)
{
    struct payload_file file;
    struct lp_payload *payload = load(&file);
    const uint32_t symbol =
        (uint32_t)(reference_symbol(&file, "constant") - file_symbol(&file, 0));
    const uint8_t *adrp =
        find_place(&file, payload, R_AARCH64_ADR_GOT_PAGE, symbol);
    const uint8_t *load_at =
        find_place(&file, payload, R_AARCH64_LD64_GOT_LO12_NC, symbol);
    const uint64_t *word;

    (void)state;
    assert_non_null(adrp);
    assert_non_null(load_at);
    word = got_word(adrp, load_at);
    assert_true(lp_image_holds(&payload->image, LP_RODATA, word, 8));
    assert_int_equal(*word, (uint64_t)host_symbol("constant"));
    must_unload(payload);
    payload_file_free(&file);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, assembler_s_marks_are_no_symbols);
    host_add(&tests, functions_are_changed_and_put_back);
    host_add(&tests, got_leads_to_the_hypervisor_s_data);
    return host_run(&tests);
}
