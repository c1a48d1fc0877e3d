// SPDX-License-Identifier: GPL-2.0
/*
 * Whose memory a payload comes to depend on: each payload whose symbols it
 * refers to or whose text it changes has it for a user, once.
 */
#include "steps.h"

#include <stdio.h>

/* A payload that patches text of `patched` (NULL: the hypervisor's) and refers
 * to each of the names, up to NULL. */
static struct lp_payload *load_user(const struct lp_payload *patched,
                                    const char *const *needs)
{
    struct payload_function function = payload_simple.functions[0];
    const struct payload_description what = {
        .functions = &function, .nr_functions = 1, .id = 0x55};
    struct payload_builder *builder;
    struct payload_file file;
    struct lp_payload *payload;
    uint32_t section;

    if (patched) {
        function.old_addr = patched->funcs[0].new_addr;
        function.old_size = 6;
    }
    builder = payload_start(&what);
    section = builder_section(builder, ".rodata.user", SHT_PROGBITS, SHF_ALLOC,
                              8, NULL, 80);
    for (unsigned int i = 0; needs[i]; i++) {
        builder_relocation(
            builder, section, 8UL * i, HOST_RELOC_ABS64,
            builder_symbol(builder, needs[i], SHN_UNDEF, 0,
                           ELF64_ST_INFO(STB_GLOBAL, STT_NOTYPE)),
            0);
    }
    file = builder_finish(builder);
    payload = must_load(&file, "user");
    payload_file_free(&file);
    return payload;
}

/* Two payloads that export `first_0`, `first_1` and `second_0`, `second_1`. */
static void load_providers(void)
{
    for (unsigned int i = 0; i < 2; i++) {
        static const char *const names[] = {"first", "second"};
        static const char *const old[] = {"question", "answer_endbr"};
        struct payload_function function = payload_simple.functions[0];
        const struct payload_description what = {
            .functions = &function, .nr_functions = 1, .id = 0x51 + i};
        struct payload_builder *builder;
        struct payload_file file;

        function.old_name = old[i];
        builder = payload_start(&what);
        for (unsigned int j = 0; j < 2; j++) {
            char name[16];

            snprintf(name, sizeof(name), "%s_%u", names[i], j);
            builder_symbol(builder, name, builder_find(builder, ".text"), 1,
                           ELF64_ST_INFO(STB_GLOBAL, STT_NOTYPE));
        }
        file = builder_finish(builder);
        must_load(&file, names[i]);
        payload_file_free(&file);
    }
}

struct use_row {
    const char *name;
    const char *needs[5];
    bool patches_first;
    unsigned int first, second; /* users that the providers get */
};

static const struct use_row use_rows[] = {
    {"payload_without_references_uses_none", {NULL}, false, 0, 0},
    {"two_names_of_one_payload_are_one_use",
     {"first_0", "first_1", NULL},
     false,
     1,
     0},
    {"one_name_many_times_is_one_use",
     {"second_1", "second_1", "second_1", "second_1", NULL},
     false,
     0,
     1},
    {"names_of_two_payloads_are_a_use_of_each",
     {"second_0", "first_0", "second_1", "first_1", NULL},
     false,
     1,
     1},
    {"changed_text_is_a_use", {NULL}, true, 1, 0},
    {"text_and_names_of_one_payload_are_one_use",
     {"first_0", "first_1", NULL},
     true,
     1,
     0},
    {"text_and_names_of_two_payloads_are_a_use_of_each",
     {"second_0", "second_1", NULL},
     true,
     1,
     1},
};

static void each_payload_that_is_used_counts_once(void **state)
{
    const struct use_row *row = *state;
    struct lp_payload *first, *second, *using;

    load_providers();
    first = find_payload("first");
    second = find_payload("second");
    must_unload(load_user(first, (const char *const[]){"second_0", NULL}));
    assert_int_equal(first->nr_users + second->nr_users, 0);
    using = load_user(row->patches_first ? first : NULL, row->needs);
    assert_int_equal(using->nr_uses, row->first + row->second);
    assert_int_equal(first->nr_users, row->first);
    assert_int_equal(second->nr_users, row->second);
    must_unload(using);
    assert_int_equal(first->nr_users + second->nr_users, 0);
    must_unload(first);
    must_unload(second);
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, use_rows, each_payload_that_is_used_counts_once);
    return host_run(&tests);
}
