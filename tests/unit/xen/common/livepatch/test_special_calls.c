// SPDX-License-Identifier: GPL-2.0
/*
 * Alternative calls through the whole loader: what is called afterwards, whose
 * pointers may be read, and who may not be unloaded meanwhile.
 */
#include "special_payload.h"

#include <xen/kernel.h>

#include "host/arena.h"
#include "host/features.h"

#define CALL_AT 4 /* in the code */

/* sub $8,%rsp; call *pointer(%rip); add $8,%rsp; ret */
static const uint8_t code[16] = {0x48, 0x83, 0xec, 0x08, 0xff, 0x15, 0,   0,
                                 0,    0,    0x48, 0x83, 0xc4, 0x08, 0xc3};

static const struct payload_function caller = {
    .old_name = "answer",
    .old_size = 16,
    .code = code,
    .code_bytes = sizeof(code),
};

static const struct payload_description description = {
    .functions = &caller,
    .nr_functions = 1,
    .id = 0x31,
};

enum form {
    NEW_FORM,
    OLD_FORM
};

static void mark_call(struct payload_builder *builder, enum form form)
{
    static const uint8_t itself[] = {0xe8, 0xfb, 0xff, 0xff, 0xff};
    struct payload_alternative alt = {
        .where = in_text(CALL_AT),
        .original_bytes = 6,
        .code_bytes = sizeof(itself),
        .feature = LIVEPATCH_FEATURE,
    };

    if (form == NEW_FORM) {
        builder_relocation(builder,
                           builder_section(builder, ".alt_call_sites",
                                           SHT_PROGBITS, SHF_ALLOC, 4, NULL, 4),
                           0, HOST_RELOC_PC32, PAYLOAD_TEXT, CALL_AT);
    } else {
        alt.code = payload_add_code(builder, itself, sizeof(itself));
        payload_add_alternative(builder, &alt);
    }
}

/* A payload whose call goes through what the symbol stands for. */
static struct payload_builder *
start_call(uint32_t pointer, struct payload_builder *builder, enum form form)
{
    builder_relocation(builder, builder_find(builder, ".text"), CALL_AT + 2,
                       HOST_RELOC_PC32, pointer, -4);
    mark_call(builder, form);
    return builder;
}

static uint32_t undefined(struct payload_builder *builder, const char *name)
{
    return builder_symbol(builder, name, SHN_UNDEF, 0,
                          ELF64_ST_INFO(STB_GLOBAL, STT_NOTYPE));
}

/* Through a pointer of its own, in data of these flags, to `name`. */
static struct payload_builder *start_own(uint64_t flags, const char *name,
                                         enum form form)
{
    struct payload_builder *builder = payload_start(&description);
    const struct payload_place pointer =
        payload_add_section(builder, ".pointer", flags, NULL, 8);

    if (name) {
        builder_relocation(builder, builder_find(builder, ".pointer"), 0,
                           HOST_RELOC_ABS64, undefined(builder, name), 0);
    }
    return start_call(pointer.symbol, builder, form);
}

struct own_row {
    const char *name;
    uint64_t flags;
    enum form form;
};

static const struct own_row own[] = {
    {"pointer_in_read_only_data", SHF_ALLOC, NEW_FORM},
    {"pointer_in_writable_data", SHF_ALLOC | SHF_WRITE, NEW_FORM},
    {"pointer_in_read_only_data_of_the_old_form", SHF_ALLOC, OLD_FORM},
    {"pointer_in_writable_data_of_the_old_form", SHF_ALLOC | SHF_WRITE,
     OLD_FORM},
};

static void call_becomes_direct(void **state)
{
    const struct own_row *row = *state;
    struct lp_payload *payload =
        must_load_built(start_own(row->flags, "question", row->form));

    assert_int_equal(text_of(payload)[CALL_AT], 0xe8);
    must_apply(payload);
    assert_int_equal(host_call("answer"), 2);
    must_revert(payload);
    assert_int_equal(host_call("answer"), 1);
    must_unload(payload);
}

static void call_of_null_is_a_trap(void **state)
{
    static const uint8_t traps[] = {0x0f, 0x0b, 0x0f, 0x0b, 0x0f, 0x0b};
    struct lp_payload *payload =
        must_load_built(start_own(SHF_ALLOC, NULL, NEW_FORM));

    (void)state;
    assert_memory_equal(text_of(payload) + CALL_AT, traps, sizeof(traps));
    must_unload(payload);
}

static void call_goes_behind_the_landing_pad(void **state)
{
    struct lp_payload *payload =
        must_load_built(start_own(SHF_ALLOC, "answer_endbr", NEW_FORM));
    int32_t distance;

    (void)state;
    memcpy(&distance, text_of(payload) + CALL_AT + 1, sizeof(distance));
    assert_ptr_equal(text_of(payload) + CALL_AT + 5 + distance,
                     (uint8_t *)host_symbol("answer_endbr") + 4);
    must_unload(payload);
}

static void pointer_of_the_hypervisor_is_read(void **state)
{
    void *question = host_symbol("question");
    struct payload_builder *builder = payload_start(&description);
    struct lp_payload *payload;

    (void)state;
    host_arena_write(_srodata + 64, &question, sizeof(question));
    host_symbol_add("pointer", _srodata + 64);
    payload = must_load_built(
        start_call(undefined(builder, "pointer"), builder, NEW_FORM));
    must_apply(payload);
    assert_int_equal(host_call("answer"), 2);
    must_revert(payload);
    must_unload(payload);
}

struct place_row {
    const char *name;
    char *address; /* of the pointer */
    int64_t offset;
    int rc;
};

static const struct place_row hypervisor_places[] = {
    {"pointer_at_the_end_of_read_only_data", _erodata, -8, 0},
    {"pointer_across_its_end_is_einval", _erodata, -7, -EINVAL},
    {"pointer_before_it_is_einval", _srodata, -1, -EINVAL},
    {"pointer_in_text_is_einval", _stext, 0, -EINVAL},
};

static void place_is_judged(void **state)
{
    const struct place_row *row = *state;
    struct payload_builder *builder = payload_start(&description);

    host_symbol_add("pointer", row->address + row->offset);
    start_call(undefined(builder, "pointer"), builder, NEW_FORM);
    if (row->rc) {
        assert_refused(builder, row->rc, "is in nobody's data");
    } else {
        must_unload(must_load_built(builder));
    }
}

/* A payload that exports a pointer to a function of its own. */
static struct lp_payload *must_load_provider(uint64_t flags)
{
    static const struct payload_function function = {
        .old_name = "question",
        .old_size = 16,
        .code = payload_return_42,
        .code_bytes = sizeof(payload_return_42),
    };
    static const struct payload_description what = {
        .functions = &function, .nr_functions = 1, .id = 0x32};
    struct payload_builder *builder = payload_start(&what);
    const uint32_t section =
        builder_section(builder, ".pointer", SHT_PROGBITS, flags, 8, NULL, 8);
    struct payload_file file;
    struct lp_payload *payload;

    builder_symbol(builder, "pointer", (uint16_t)section, 0,
                   ELF64_ST_INFO(STB_GLOBAL, STT_OBJECT));
    builder_relocation(builder, section, 0, HOST_RELOC_ABS64, PAYLOAD_TEXT, 0);
    file = builder_finish(builder);
    payload = must_load(&file, "provider");
    payload_file_free(&file);
    return payload;
}

static void pointer_of_a_payload_is_read(void **state)
{
    struct lp_payload *provider = must_load_provider(SHF_ALLOC | SHF_WRITE);
    struct payload_builder *builder = payload_start(&description);
    struct lp_payload *payload = must_load_built(
        start_call(undefined(builder, "pointer"), builder, NEW_FORM));

    (void)state;
    must_apply(payload);
    assert_int_equal(host_call("answer"), 42);
    must_revert(payload);
    assert_int_equal(try_unload(provider), -EBUSY);
    must_unload(payload);
    must_unload(provider);
}

/* Found through a pointer of the hypervisor's: no name leads there. */
static void payload_that_is_called_stays(void **state)
{
    struct lp_payload *provider = must_load_provider(SHF_ALLOC);
    const void *function = provider->image.region[LP_TEXT].start;
    struct payload_builder *builder = payload_start(&description);
    struct lp_payload *payload;

    (void)state;
    host_arena_write(_srodata + 64, &function, sizeof(function));
    host_symbol_add("elsewhere", _srodata + 64);
    payload = must_load_built(
        start_call(undefined(builder, "elsewhere"), builder, NEW_FORM));
    assert_int_equal(try_unload(provider), -EBUSY);
    must_unload(payload);
    must_unload(provider);
}

static void pointer_to_data_of_a_payload_is_einval(void **state)
{
    struct lp_payload *provider = must_load_provider(SHF_ALLOC);
    const void *data = provider->image.region[LP_RODATA].start;
    struct payload_builder *builder = payload_start(&description);

    (void)state;
    host_arena_write(_srodata + 64, &data, sizeof(data));
    host_symbol_add("elsewhere", _srodata + 64);
    assert_refused(
        start_call(undefined(builder, "elsewhere"), builder, NEW_FORM), -EINVAL,
        "which is not text");
    must_unload(provider);
}

/* The first record makes a direct call of it. */
static void call_is_bound_once(void **state)
{
    struct payload_builder *builder =
        start_own(SHF_ALLOC, "question", OLD_FORM);

    (void)state;
    mark_call(builder, NEW_FORM);
    assert_refused(builder, -EINVAL, "is no call through a pointer");
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, own, call_becomes_direct);
    host_add(&tests, call_of_null_is_a_trap);
    host_add(&tests, call_goes_behind_the_landing_pad);
    host_add(&tests, pointer_of_the_hypervisor_is_read);
    host_add_rows(&tests, hypervisor_places, place_is_judged);
    host_add(&tests, pointer_of_a_payload_is_read);
    host_add(&tests, payload_that_is_called_stays);
    host_add(&tests, pointer_to_data_of_a_payload_is_einval);
    host_add(&tests, call_is_bound_once);
    return host_run(&tests);
}
