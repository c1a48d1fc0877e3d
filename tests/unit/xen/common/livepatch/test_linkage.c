// SPDX-License-Identifier: GPL-2.0
/*
 * Names across payloads: what one exports another may use, and then the first
 * stays until the second is gone.
 */
#include "steps.h"

#include <xen/symbols.h>

#include <stdio.h>

/* A payload for `function` that defines `symbol` (NULL: nothing) at its
 * metadata, with this binding, and refers to `needs` (NULL: nothing). */
struct linked {
    const char *function;
    uint8_t id;
    const char *symbol;
    unsigned char binding;
    const char *needs;
};

static struct payload_file make_linked(const struct linked *what)
{
    const struct payload_function function = {
        .old_name = what->function,
        .old_size = 16,
        .code = payload_return_42,
        .code_bytes = sizeof(payload_return_42),
    };
    const struct payload_description description = {
        .functions = &function, .nr_functions = 1, .id = what->id};
    struct payload_builder *builder = payload_start(&description);
    const uint32_t section = builder_section(
        builder, ".rodata.linked", SHT_PROGBITS, SHF_ALLOC, 8, NULL, 16);

    if (what->symbol) {
        builder_symbol(builder, what->symbol, section, 8,
                       ELF64_ST_INFO(what->binding, STT_OBJECT));
    }
    if (what->needs) {
        builder_relocation(
            builder, section, 0, HOST_RELOC_ABS64,
            builder_symbol(builder, what->needs, SHN_UNDEF, 0,
                           ELF64_ST_INFO(STB_GLOBAL, STT_NOTYPE)),
            0);
    }
    return builder_finish(builder);
}

static int try_linked(const struct linked *what, const char *name)
{
    struct payload_file file = make_linked(what);
    const int rc = try_load(&file, name);

    payload_file_free(&file);
    return rc;
}

static const struct linked provider = {
    .function = "answer", .id = 1, .symbol = "shared", .binding = STB_GLOBAL};
static const struct linked user = {
    .function = "question", .id = 2, .needs = "shared"};

/* The word that the relocation filled: the first of the user's section, which
 * is all of its read-only data but strings. */
static bool image_holds_word(const struct lp_payload *payload, uint64_t word)
{
    const struct lp_span *span = &payload->image.region[LP_RODATA];

    for (size_t at = 0; at + sizeof(word) <= span->bytes; at += sizeof(word)) {
        if (memcmp(span->start + at, &word, sizeof(word)) == 0) {
            return true;
        }
    }
    return false;
}

static unsigned long address_of(const char *text)
{
    const struct hashed_name name = hash_name(text);
    const struct registry_locked locked = registry_lock();
    struct lp_payload *owner = NULL;
    unsigned long address = 0;

    lp_registry_find_export(locked, &name, &owner, &address);
    registry_unlock(locked);
    return address;
}

static void global_of_a_payload_resolves(void **state)
{
    unsigned long size, offset;
    char namebuf[KSYM_NAME_LEN + 1];

    (void)state;
    assert_int_equal(try_linked(&provider, "provider"), 0);
    assert_int_equal(try_linked(&user, "user"), 0);
    assert_true(image_holds_word(find_payload("user"), address_of("shared")));
    assert_string_equal(
        lp_registry_symbol(address_of("shared"), &size, &offset, namebuf),
        "shared");
    assert_string_equal(namebuf, "provider");
    must_unload(find_payload("user"));
    must_unload(find_payload("provider"));
}

static void unknown_name_is_enoent(void **state)
{
    (void)state;
    assert_int_equal(try_linked(&user, "user"), -ENOENT);
    assert_logged("unknown symbol 'shared'");
}

/* Of so many names that are nobody's. */
static int try_unknown(unsigned int nr)
{
    const struct payload_function function = {
        .old_name = "answer",
        .old_size = 16,
        .code = payload_return_42,
        .code_bytes = sizeof(payload_return_42),
    };
    const struct payload_description description = {
        .functions = &function, .nr_functions = 1, .id = 3};
    struct payload_builder *builder = payload_start(&description);
    struct payload_file file;
    char name[32];
    int rc;

    for (unsigned int i = 0; i < nr; i++) {
        snprintf(name, sizeof(name), "nobodys_%u", i);
        builder_symbol(builder, name, SHN_UNDEF, 0,
                       ELF64_ST_INFO(STB_GLOBAL, STT_NOTYPE));
    }
    file = builder_finish(builder);
    rc = try_load(&file, "asking");
    payload_file_free(&file);
    return rc;
}

static void unknown_names_are_told_up_to_twenty(void **state)
{
    (void)state;
    assert_int_equal(try_unknown(20), -ENOENT);
    assert_int_equal(host_log_count("unknown symbol 'nobodys_"), 20);
    assert_int_equal(host_log_count("\n"), 20);
    host_log_clear();
    assert_int_equal(try_unknown(100000), -ENOENT);
    assert_int_equal(host_log_count("unknown symbol 'nobodys_"), 20);
    assert_logged("unknown symbol 'nobodys_19'");
    assert_logged("and 99980 more unknown symbols");
    assert_int_equal(host_log_count("\n"), 21);
}

static void used_payload_is_busy_until_its_user_is_gone(void **state)
{
    (void)state;
    assert_int_equal(try_linked(&provider, "provider"), 0);
    assert_int_equal(try_linked(&user, "user"), 0);
    assert_int_equal(try_unload(find_payload("provider")), -EBUSY);
    assert_logged("provider: cannot unload: 1 loaded payloads refer to it");
    must_unload(find_payload("user"));
    must_unload(find_payload("provider"));
}

static void name_goes_with_its_payload(void **state)
{
    (void)state;
    assert_int_equal(try_linked(&provider, "provider"), 0);
    must_unload(find_payload("provider"));
    assert_int_equal(try_linked(&user, "user"), -ENOENT);
}

static void local_symbol_is_not_for_others(void **state)
{
    struct linked local = provider;

    (void)state;
    local.binding = STB_LOCAL;
    assert_int_equal(try_linked(&local, "provider"), 0);
    assert_int_equal(try_linked(&user, "user"), -ENOENT);
    must_unload(find_payload("provider"));
}

static void payload_is_busy_until_its_last_user_is_gone(void **state)
{
    struct linked other = user;

    (void)state;
    other.function = "answer_endbr";
    other.id = 3;
    assert_int_equal(try_linked(&provider, "provider"), 0);
    assert_int_equal(try_linked(&user, "user"), 0);
    assert_int_equal(try_linked(&other, "other"), 0);
    assert_int_equal(try_unload(find_payload("provider")), -EBUSY);
    must_unload(find_payload("user"));
    assert_int_equal(try_unload(find_payload("provider")), -EBUSY);
    must_unload(find_payload("other"));
    must_unload(find_payload("provider"));
}

static void failed_load_is_no_user(void **state)
{
    struct linked twin = user;

    (void)state;
    twin.id = provider.id; /* refused after its references were resolved */
    assert_int_equal(try_linked(&provider, "provider"), 0);
    assert_int_equal(try_linked(&twin, "twin"), -EEXIST);
    must_unload(find_payload("provider"));
}

/* It need not be in force: what others refer to is its memory. */
static void name_of_a_payload_that_is_not_applied_resolves(void **state)
{
    (void)state;
    assert_int_equal(try_linked(&provider, "provider"), 0);
    assert_int_equal(try_linked(&user, "user"), 0);
    must_apply(find_payload("user"));
    assert_int_equal(find_payload("provider")->state, LP_CHECKED);
    assert_int_equal(try_unload(find_payload("provider")), -EBUSY);
    must_revert(find_payload("user"));
    must_unload(find_payload("user"));
    must_unload(find_payload("provider"));
}

struct clash_row {
    const char *name;
    unsigned char first, second;
    int rc;
};

static const struct clash_row clashes[] = {
    {"two_locals_of_a_name", STB_LOCAL, STB_LOCAL, 0},
    {"local_and_global_of_a_name", STB_LOCAL, STB_GLOBAL, 0},
    {"global_and_local_of_a_name", STB_GLOBAL, STB_LOCAL, 0},
    {"two_globals_of_a_name_are_eexist", STB_GLOBAL, STB_GLOBAL, -EEXIST},
    {"weak_after_global_is_eexist", STB_GLOBAL, STB_WEAK, -EEXIST},
};

static void same_name_twice(void **state)
{
    const struct clash_row *row = *state;
    struct linked first = provider, second = provider;

    first.binding = row->first;
    second.binding = row->second;
    second.function = "question";
    second.id = 2;
    assert_int_equal(try_linked(&first, "first"), 0);
    assert_int_equal(try_linked(&second, "second"), row->rc);
    if (row->rc) {
        assert_logged("second: 'shared' is a symbol of 'first' too");
    } else {
        must_unload(find_payload("second"));
    }
    must_unload(find_payload("first"));
}

static void name_of_the_hypervisor_s_is_eexist(void **state)
{
    struct linked clashing = provider;

    (void)state;
    clashing.symbol = "question";
    assert_int_equal(try_linked(&clashing, "fix"), -EEXIST);
    assert_logged("'question' is a symbol of the hypervisor");
}

/* Of a payload that has no other symbol before it. */
static void first_name_of_a_payload_may_not_be_the_hypervisor_s(void **state)
{
    static const struct payload_function nops = {
        .old_name = "answer", .old_size = 16, .new_size = HOST_NOPS_BYTES};
    static const struct payload_description what = {
        .functions = &nops, .nr_functions = 1, .id = 1};
    struct payload_builder *builder = payload_start(&what);
    struct payload_file file;

    (void)state;
    builder_symbol(builder, "question",
                   builder_section(builder, ".rodata.linked", SHT_PROGBITS,
                                   SHF_ALLOC, 8, NULL, 8),
                   0, ELF64_ST_INFO(STB_GLOBAL, STT_OBJECT));
    file = builder_finish(builder);
    assert_int_equal(try_load(&file, "fix"), -EEXIST);
    assert_logged("'question' is a symbol of the hypervisor");
    payload_file_free(&file);
}

/* The replacement may have the name of what it replaces, in each payload. */
static void replacements_do_not_clash(void **state)
{
    struct payload_description second = payload_simple;

    (void)state;
    second.id++;
    must_load_described(&payload_simple, "one");
    must_load_described(&second, "two");
    must_unload(find_payload("one"));
    must_unload(find_payload("two"));
}

static struct payload_file make_patch_of(const struct lp_payload *patched)
{
    const struct payload_function function = {
        .old_name = "in_payload",
        .old_addr = patched->funcs[0].new_addr,
        .old_size = 6,
        .code = payload_return_42,
        .code_bytes = sizeof(payload_return_42),
    };
    const struct payload_description what = {
        .functions = &function, .nr_functions = 1, .id = 2, .depends = 1};

    return payload_make(&what);
}

static const uint8_t return_43[] = {HOST_RETURN(43)};

static void patched_payload_is_busy_until_its_patch_is_gone(void **state)
{
    const struct payload_function function = {.old_name = "answer",
                                              .old_size = 16,
                                              .code = return_43,
                                              .code_bytes = HOST_RETURN_BYTES};
    const struct payload_description what = {
        .functions = &function, .nr_functions = 1, .id = 1};
    struct lp_payload *low = must_load_described(&what, "low");
    struct payload_file file = make_patch_of(low);
    struct lp_payload *high = must_load(&file, "high");

    (void)state;
    payload_file_free(&file);
    must_apply(low);
    assert_int_equal(host_call("answer"), 43);
    must_apply(high);
    assert_int_equal(host_call("answer"), 42);
    must_revert(high);
    assert_int_equal(host_call("answer"), 43);
    must_revert(low);
    assert_int_equal(try_unload(low), -EBUSY);
    must_unload(high);
    must_unload(low);
}

/* Of the name's first `length` bytes, twice: as an export and as a reference.
 */
static int try_name_of(unsigned int length)
{
    char name[KSYM_NAME_LEN + 2] = {0};
    struct linked exporting = provider, needing = user;
    int rc;

    memset(name, 'n', length);
    exporting.symbol = needing.needs = name;
    assert_int_equal(try_linked(&exporting, "provider"), 0);
    rc = try_linked(&needing, "user");
    if (rc == 0) {
        must_unload(find_payload("user"));
    }
    must_unload(find_payload("provider"));
    return rc;
}

static void name_of_127_bytes_resolves(void **state)
{
    (void)state;
    assert_int_equal(try_name_of(KSYM_NAME_LEN), 0);
}

static void name_of_128_bytes_is_enoent(void **state)
{
    (void)state;
    assert_int_equal(try_name_of(KSYM_NAME_LEN + 1), -ENOENT);
}

/* Of the symbols of one name the first is exported; none of them clashes. */
static void first_symbol_of_a_name_resolves(void **state)
{
    struct payload_builder *builder = payload_start(&payload_simple);
    const uint32_t text = builder_find(builder, ".text");
    struct payload_file file;
    struct lp_payload *twins;

    (void)state;
    for (unsigned int i = 1; i < 4; i++) {
        builder_symbol(builder, "twin", text, i,
                       ELF64_ST_INFO(STB_GLOBAL, STT_NOTYPE));
    }
    file = builder_finish(builder);
    twins = must_load(&file, "twins");
    payload_file_free(&file);
    assert_int_equal(address_of("twin"),
                     (unsigned long)twins->image.region[LP_TEXT].start + 1);
    must_unload(twins);
    assert_int_equal(address_of("twin"), 0);
}

#define MANY 20000

static void thousands_of_exports_are_found(void **state)
{
    struct payload_builder *builder = payload_start(&payload_simple);
    const uint32_t section = builder_section(
        builder, ".rodata.many", SHT_PROGBITS, SHF_ALLOC, 8, NULL, 8);
    struct linked needing = user;
    struct payload_file file;
    char name[32];

    (void)state;
    for (unsigned int i = 0; i < MANY; i++) {
        snprintf(name, sizeof(name), "many_%u", i);
        builder_symbol(builder, name, section, i % 8,
                       ELF64_ST_INFO(STB_GLOBAL, STT_OBJECT));
    }
    file = builder_finish(builder);
    assert_int_equal(try_load(&file, "many"), 0);
    payload_file_free(&file);
    for (unsigned int i = 0; i < MANY; i += 4999) {
        snprintf(name, sizeof(name), "many_%u", i);
        needing.needs = name;
        assert_int_equal(try_linked(&needing, "user"), 0);
        must_unload(find_payload("user"));
    }
    must_unload(find_payload("many"));
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, global_of_a_payload_resolves);
    host_add(&tests, unknown_name_is_enoent);
    host_add(&tests, unknown_names_are_told_up_to_twenty);
    host_add(&tests, used_payload_is_busy_until_its_user_is_gone);
    host_add(&tests, payload_is_busy_until_its_last_user_is_gone);
    host_add(&tests, failed_load_is_no_user);
    host_add(&tests, name_of_a_payload_that_is_not_applied_resolves);
    host_add(&tests, name_goes_with_its_payload);
    host_add(&tests, local_symbol_is_not_for_others);
    host_add_rows(&tests, clashes, same_name_twice);
    host_add(&tests, name_of_the_hypervisor_s_is_eexist);
    host_add(&tests, first_name_of_a_payload_may_not_be_the_hypervisor_s);
    host_add(&tests, replacements_do_not_clash);
    host_add(&tests, patched_payload_is_busy_until_its_patch_is_gone);
    host_add(&tests, name_of_127_bytes_resolves);
    host_add(&tests, name_of_128_bytes_is_enoent);
    host_add(&tests, first_symbol_of_a_name_resolves);
    host_add(&tests, thousands_of_exports_are_found);
    return host_run(&tests);
}
