// SPDX-License-Identifier: GPL-2.0
/*
 * A payload's own symbols: which are kept, which are for others, and which one
 * an address belongs to.
 */
#include "steps.h"

#include <stdio.h>

#include <xen/symbols.h>
#include <xen/symbols_table.h>

#include "symtab.h"

struct kept_row {
    const char *name;
    const char *symbol;
    const char *section; /* of payload_simple's */
    unsigned char binding;
    bool is_kept, is_exported;
};

static const struct kept_row kept_rows[] = {
    {"global_symbol_is_exported", "own", ".text", STB_GLOBAL, true, true},
    {"weak_symbol_is_exported", "own", ".text", STB_WEAK, true, true},
    {"local_symbol_is_kept_for_backtraces", "own", ".text", STB_LOCAL, true,
     false},
    {"symbol_of_data_is_exported", "own", ".rodata.str", STB_GLOBAL, true,
     true},
    {"symbol_of_an_entry_is_not_exported", "own", ".livepatch.funcs",
     STB_GLOBAL, true, false},
    {"symbol_without_name_is_dropped", "", ".text", STB_GLOBAL, false, false},
    {"compiler_s_label_of_a_string_is_dropped", ".L.str", ".rodata.str",
     STB_LOCAL, false, false},
    {"label_elsewhere_is_kept", ".Lpc", ".text", STB_LOCAL, true, false},
    {"symbol_of_a_section_that_is_not_loaded_is_dropped", "own", ".comment",
     STB_GLOBAL, false, false},
};

static struct lp_payload *load_with_symbol(const struct kept_row *row)
{
    struct payload_builder *builder = payload_start(&payload_simple);
    struct payload_file file;
    struct lp_payload *payload;

    builder_section(builder, ".comment", SHT_PROGBITS, 0, 1, NULL, 16);
    builder_symbol(builder, row->symbol, builder_find(builder, row->section), 2,
                   ELF64_ST_INFO(row->binding, STT_NOTYPE));
    file = builder_finish(builder);
    payload = must_load(&file, "fix");
    payload_file_free(&file);
    return payload;
}

static const struct lp_own_symbol *find_name(const struct lp_payload *payload,
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

static void symbol_is_kept_or_dropped(void **state)
{
    const struct kept_row *row = *state;
    struct lp_payload *fix = load_with_symbol(row);
    const struct lp_own_symbol *symbol = find_name(fix, row->symbol);

    assert_int_equal(symbol != NULL, row->is_kept);
    assert_int_equal(symbol && symbol->is_exported, row->is_exported);
    assert_int_equal(fix->symbols.nr_exported, row->is_exported);
    must_unload(fix);
}

/* Whatever stands in it: no file has a use for the first one. */
static void symbol_0_is_dropped(void **state)
{
    struct payload_file file = payload_make(&payload_simple);
    struct lp_payload *fix;
    uint32_t nr;

    (void)state;
    fix = must_load(&file, "fix");
    nr = fix->symbols.nr;
    must_unload(fix);
    for (uint32_t i = 1; file_symbol(&file, 0)->st_name == 0; i++) {
        *file_symbol(&file, 0) = *file_symbol(&file, i);
    }
    fix = must_load(&file, "fix");
    assert_int_equal(fix->symbols.nr, nr);
    must_unload(fix);
    payload_file_free(&file);
}

/* What takes an old function's place is found by its old name only. */
static void replacement_is_not_exported(void **state)
{
    struct lp_payload *fix = must_load_described(&payload_simple, "fix");

    (void)state;
    assert_false(find_name(fix, "new_0")->is_exported);
    must_unload(fix);
}

/* A payload of `nr` functions with a symbol just behind the start of each. */
static struct lp_payload *load_many(unsigned int nr)
{
    static struct payload_function functions[100];
    static char names[100][16];
    const struct payload_description what = {
        .functions = functions, .nr_functions = nr, .id = 0x11};
    struct payload_builder *builder;
    struct payload_file file;
    struct lp_payload *payload;

    for (unsigned int i = 0; i < nr; i++) {
        snprintf(names[i], sizeof(names[i]), "many_%u", i);
        host_function_add(names[i], host_functions[0].bytes, 16);
        functions[i] = payload_simple.functions[0];
        functions[i].old_name = names[i];
    }
    builder = payload_start(&what);
    for (unsigned int i = 0; i < nr; i++) {
        char inside[16];

        snprintf(inside, sizeof(inside), "inside_%u", i);
        builder_symbol(builder, inside, builder_find(builder, ".text"),
                       16 * i + 1, ELF64_ST_INFO(STB_GLOBAL, STT_NOTYPE));
    }
    file = builder_finish(builder);
    payload = must_load(&file, "fix");
    payload_file_free(&file);
    return payload;
}

static void each_replacement_is_not_exported_and_its_neighbour_is(void **state)
{
    struct lp_payload *fix = load_many(100);

    (void)state;
    for (unsigned int i = 0; i < 100; i++) {
        char name[16];

        snprintf(name, sizeof(name), "new_%u", i);
        assert_false(find_name(fix, name)->is_exported);
        snprintf(name, sizeof(name), "inside_%u", i);
        assert_true(find_name(fix, name)->is_exported);
    }
    must_unload(fix);
}

static void symbol_of_a_nop_entry_s_payload_is_exported(void **state)
{
    const struct payload_function nop = {
        .old_name = "answer", .old_size = 16, .new_size = HOST_NOPS_BYTES};
    const struct payload_description what = {
        .functions = &nop, .nr_functions = 1, .id = 1};
    struct payload_builder *builder = payload_start(&what);
    struct payload_file file;
    struct lp_payload *fix;

    (void)state;
    builder_symbol(builder, "own", builder_find(builder, ".rodata.str"), 0,
                   ELF64_ST_INFO(STB_GLOBAL, STT_OBJECT));
    file = builder_finish(builder);
    fix = must_load(&file, "fix");
    assert_true(find_name(fix, "own")->is_exported);
    must_unload(fix);
    payload_file_free(&file);
}

static void address_has_the_nearest_symbol_before_it(void **state)
{
    struct lp_own_symbol symbols[] = {
        {.offset = 0x300, .name = 1},
        {.offset = 0x100, .name = 3},
        {.offset = 0x200, .name = 5},
    };
    char names[] = "\0c\0a\0b";
    const struct lp_payload payload = {
        .symbols = {.nr = 3, .symbol = symbols, .names = names}};

    (void)state;
    assert_null(lp_symtab_find_address(&payload, 0xff));
    assert_ptr_equal(lp_symtab_find_address(&payload, 0x100), &symbols[1]);
    assert_ptr_equal(lp_symtab_find_address(&payload, 0x1ff), &symbols[1]);
    assert_ptr_equal(lp_symtab_find_address(&payload, 0x200), &symbols[2]);
    assert_ptr_equal(lp_symtab_find_address(&payload, ~0UL), &symbols[0]);
}

/* A name may be far longer than a trace shows. It is for traces only. */
static void long_name_is_kept_whole(void **state)
{
    char name[300];
    const struct kept_row row = {
        .symbol = name, .section = ".text", .binding = STB_GLOBAL};
    struct lp_payload *fix;

    (void)state;
    memset(name, 'n', sizeof(name));
    name[sizeof(name) - 1] = '\0';
    fix = load_with_symbol(&row);
    assert_non_null(find_name(fix, name));
    assert_false(find_name(fix, name)->is_exported);
    must_unload(fix);
}

static void longest_name_to_be_looked_up_has_127_bytes(void **state)
{
    char name[KSYM_NAME_LEN + 2] = {0};
    const struct kept_row row = {
        .symbol = name, .section = ".text", .binding = STB_GLOBAL};
    struct lp_payload *fix;

    (void)state;
    memset(name, 'n', KSYM_NAME_LEN + 1);
    fix = load_with_symbol(&row);
    assert_false(find_name(fix, name)->is_exported);
    must_unload(fix);
    name[KSYM_NAME_LEN] = '\0';
    fix = load_with_symbol(&row);
    assert_true(find_name(fix, name)->is_exported);
    must_unload(fix);
}

/* An entry that nobody has checked: its new function is none of the text. */
static void new_function_outside_the_text_marks_nothing(void **state)
{
    static const struct livepatch_func wild[] = {
        {.new_addr = (void *)1},
        {.new_addr = (void *)0x4141414141414141},
        {.new_addr = (void *)UINT64_MAX},
    };
    struct pipeline p;
    struct lp_payload payload = {.name = "fix", .funcs = wild, .nfuncs = 3};

    (void)state;
    pipeline_open(&p, payload_make(&payload_simple), STAGE_SYMBOLS);
    payload.image = p.image;
    assert_int_equal(lp_symtab_keep(&p.elf, &p.layout, &p.symbols, &payload),
                     0);
    assert_true(find_name(&payload, "new_0")->is_exported);
    lp_symtab_discard(&payload);
    pipeline_close(&p);
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, kept_rows, symbol_is_kept_or_dropped);
    host_add(&tests, symbol_0_is_dropped);
    host_add(&tests, replacement_is_not_exported);
    host_add(&tests, each_replacement_is_not_exported_and_its_neighbour_is);
    host_add(&tests, symbol_of_a_nop_entry_s_payload_is_exported);
    host_add(&tests, address_has_the_nearest_symbol_before_it);
    host_add(&tests, long_name_is_kept_whole);
    host_add(&tests, longest_name_to_be_looked_up_has_127_bytes);
    host_add(&tests, new_function_outside_the_text_marks_nothing);
    return host_run(&tests);
}
