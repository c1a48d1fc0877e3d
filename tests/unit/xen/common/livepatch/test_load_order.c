// SPDX-License-Identifier: GPL-2.0
/*
 * What was checked cannot change any more: alternatives that would write over
 * what the loader reads, the permissions of what it has read, names that code
 * could write, entries that have none.
 */
#include "special_payload.h"

#include <xen/keyhandler.h>
#include <xen/vmap.h>

#include "host/arena.h"
#include "host/features.h"

/* Eight bytes of code that make no pointer. */
static const uint8_t wild[8] = {0x31, 0xc0, 0x31, 0xc0, 0x31, 0xc0, 0x31, 0xc0};

struct place_row {
    const char *name;
    const char *section;
    uint64_t offset;
};

#define ENTRY(field) offsetof(struct livepatch_func, field)

static const struct place_row over[] = {
    {"alternative_over_new_addr", ".livepatch.funcs", ENTRY(new_addr)},
    {"alternative_over_old_addr", ".livepatch.funcs", ENTRY(old_addr)},
    {"alternative_over_name", ".livepatch.funcs", ENTRY(name)},
    {"alternative_over_expectation", ".livepatch.funcs", ENTRY(expect)},
    {"alternative_over_hook", ".livepatch.hooks.load", 0},
    {"alternative_over_fixup", ".ex_table", 0},
    {"alternative_over_build_id", ".note.gnu.build-id", 16},
    {"alternative_over_metadata", ".modinfo", 0},
};

static struct payload_builder *start_rich(void)
{
    struct payload_builder *builder = start_special();
    const uint32_t hooks =
        builder_section(builder, ".livepatch.hooks.load", SHT_PROGBITS,
                        SHF_ALLOC | SHF_WRITE, 8, NULL, 8);

    builder_relocation(builder, hooks, 0, HOST_RELOC_ABS64, PAYLOAD_TEXT, 0);
    builder_section(builder, ".modinfo", SHT_PROGBITS, SHF_ALLOC, 1,
                    "author=me", 10);
    payload_add_fixup(builder, in_text(0), in_text(0));
    return builder;
}

/* In the payload's text, which the section would be part of. */
static void checked_data_is_not_executable(void **state)
{
    const struct place_row *row = *state;
    struct payload_builder *builder = start_rich();
    const uint32_t symbol = builder_symbol(
        builder, "", (uint16_t)builder_find(builder, row->section), 0,
        ELF64_ST_INFO(STB_LOCAL, STT_SECTION));
    const struct payload_alternative alt = {
        .where = {symbol, (int64_t)row->offset},
        .original_bytes = sizeof(wild),
        .code = payload_add_code(builder, wild, sizeof(wild)),
        .code_bytes = sizeof(wild),
        .feature = HOST_HAS,
    };
    struct payload_file file;

    payload_add_alternative(builder, &alt);
    file = builder_finish(builder);
    file_named_section(&file, row->section)->sh_flags =
        SHF_ALLOC | SHF_EXECINSTR;
    assert_int_equal(try_load(&file, "fix"), -EINVAL);
    assert_logged("must not be executable");
    file_named_section(&file, row->section)->sh_flags = SHF_ALLOC | SHF_WRITE;
    assert_int_equal(try_load(&file, "fix"), -EINVAL);
    assert_logged(".altinstructions[0]: 8 bytes at");
    payload_file_free(&file);
}

static bool is_read_only(const void *p)
{
    return host_arena_prot(p) == PAGE_HYPERVISOR_RO;
}

/* Whatever its flags are in the file. */
static void checked_data_is_read_only(void **state)
{
    struct payload_file file = builder_finish(start_rich());
    struct lp_payload *payload;

    (void)state;
    for (unsigned int i = 0; i < sizeof(over) / sizeof(over[0]); i++) {
        file_named_section(&file, over[i].section)->sh_flags =
            SHF_ALLOC | SHF_WRITE;
    }
    payload = must_load(&file, "fix");
    payload_file_free(&file);
    assert_true(is_read_only(payload->funcs));
    assert_true(is_read_only(payload->hooks[LP_HOOK_LOAD].fn));
    assert_true(is_read_only(payload->region.ex));
    assert_true(is_read_only(payload->id.bytes));
    assert_true(is_read_only(payload->metadata));
    assert_true(payload->reappliable);
    must_unload(payload);
}

static void name_that_code_could_write_is_einval(void **state)
{
    struct payload_builder *builder = start_special();
    const struct payload_place data = payload_add_section(
        builder, ".data", SHF_ALLOC | SHF_WRITE, "answer", 7);

    (void)state;
    builder_relocation(builder, builder_find(builder, ".livepatch.funcs"),
                       ENTRY(name), HOST_RELOC_ABS64, data.symbol, 0);
    assert_refused(builder, -EINVAL, "function 0: its name at");
}

/* An entry without a name, for the function at `symbol`. */
static struct payload_file nameless(const char *symbol)
{
    struct payload_builder *builder = payload_start(&payload_simple);
    const uint32_t old = builder_symbol(builder, symbol, SHN_UNDEF, 0,
                                        ELF64_ST_INFO(STB_GLOBAL, STT_NOTYPE));
    struct payload_file file;

    builder_relocation(builder, builder_find(builder, ".livepatch.funcs"),
                       ENTRY(old_addr), HOST_RELOC_ABS64, old, 0);
    file = builder_finish(builder);
    file_record(&file, ".rela.livepatch.funcs", 0)->r_info =
        ELF64_R_INFO(1, HOST_RELOC_NONE);
    return file;
}

static void entry_with_an_address_needs_no_name(void **state)
{
    struct payload_file file = nameless("question");
    struct lp_payload *payload = must_load(&file, "fix");

    (void)state;
    payload_file_free(&file);
    assert_null(payload->funcs[0].name);
    handle_keypress('x');
    assert_logged("    question at ");
    must_apply(payload);
    assert_int_equal(host_call("question"), 42);
    must_revert(payload);
    must_unload(payload);
}

static void message_about_a_nameless_entry_has_its_symbol(void **state)
{
    struct payload_file file = nameless("tiny_4");
    struct livepatch_func *func =
        (struct livepatch_func *)file_content(&file, ".livepatch.funcs");

    (void)state;
    func->old_size = 4;
    assert_int_equal(try_load(&file, "fix"), -EINVAL);
    assert_logged("fix: tiny_4 has 4 bytes, a trampoline needs 5");
    payload_file_free(&file);
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, over, checked_data_is_not_executable);
    host_add(&tests, checked_data_is_read_only);
    host_add(&tests, name_that_code_could_write_is_einval);
    host_add(&tests, entry_with_an_address_needs_no_name);
    host_add(&tests, message_about_a_nameless_entry_has_its_symbol);
    return host_run(&tests);
}
