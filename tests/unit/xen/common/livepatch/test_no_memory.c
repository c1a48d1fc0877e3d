// SPDX-License-Identifier: GPL-2.0
/*
 * No memory, anywhere: for each kind of payload and each request, the first
 * allocation fails, then the second, and so on until the request needs no more.
 * Each time the answer is -ENOMEM, one line says so, and everything is as it
 * was: memory, text, states and the list.
 */
#include "hook_payload.h"
#include "request.h"
#include "special_payload.h"
#include "state.h"

#include <stdio.h>

#include <xen/kernel.h>
#include <xen/livepatch_payload.h>
#include <xen/vmap.h>
#include <xen/xmalloc.h>

#include "host/arena.h"
#include "host/guest.h"
#include "host/window.h"

#define NR(array) (sizeof(array) / sizeof((array)[0]))

/* ---- what may not change --------------------------------------------------
 */

static uint8_t text_before[HOST_TEXT_BYTES];

struct snapshot {
    unsigned long heap_bytes, image_pages, windows; /* no padding follows */
    uint32_t list_version;
    unsigned int count;
    const struct lp_payload *top;
};

static struct snapshot look(void)
{
    const struct registry_locked locked = registry_lock();
    const struct snapshot seen = {
        .heap_bytes = xmalloc_bytes_used(),
        .image_pages = vmap_pages_used(),
        .list_version = lp_registry_version(locked),
        .count = lp_registry_count(locked),
        .top = lp_registry_top(locked),
        .windows = host_windows(),
    };

    registry_unlock(locked);
    return seen;
}

static void assert_unchanged(const struct snapshot *before)
{
    const struct snapshot now = look();

    assert_memory_equal(&now, before, sizeof(now));
    assert_memory_equal(_stext, text_before, sizeof(text_before));
    assert_int_equal(host_log_errors(), 1);
    assert_logged("livepatch: ");
}

/* ---- kinds of payloads -----------------------------------------------------
 */

static const uint8_t return_43[] = {HOST_RETURN(43)};

#define REPLACING(function, machine_code)                                      \
    {                                                                          \
        .old_name = (function), .old_size = 16, .code = (machine_code),        \
        .code_bytes = HOST_RETURN_BYTES                                        \
    }

/* What other kinds build on: replaces `question`, exports `shared`. */
static void load_base(void)
{
    static const struct payload_function function =
        REPLACING("question", payload_return_42);
    const struct payload_description what = {
        .functions = &function, .nr_functions = 1, .id = 0x77};
    struct payload_builder *builder = payload_start(&what);
    const uint32_t section = builder_section(
        builder, ".rodata.shared", SHT_PROGBITS, SHF_ALLOC, 8, NULL, 8);
    struct payload_file file;

    builder_symbol(builder, "shared", section, 0,
                   ELF64_ST_INFO(STB_GLOBAL, STT_OBJECT));
    file = builder_finish(builder);
    must_load(&file, "base");
    payload_file_free(&file);
}

static void apply_base(void)
{
    load_base();
    must_apply(find_payload("base"));
}

static struct payload_file make_functions(void)
{
    static const struct payload_function functions[] = {
        REPLACING("answer", payload_return_42),
        REPLACING("answer_endbr", return_43),
        {.old_name = "question", .old_size = 16, .new_size = 5},
    };
    const struct payload_description what = {
        .functions = functions, .nr_functions = NR(functions), .id = 0x11};

    return payload_make(&what);
}

static struct payload_file make_many_functions(void)
{
    enum {
        MANY = 1500
    };
    static struct payload_function functions[MANY];
    static char names[MANY][16];
    const struct payload_description what = {
        .functions = functions, .nr_functions = MANY, .id = 0x11};

    for (unsigned int i = 0; i < MANY; i++) {
        snprintf(names[i], sizeof(names[i]), "many_%u", i);
        host_function_add(names[i], host_functions[0].bytes, 16);
        functions[i] = (struct payload_function)REPLACING(names[i], return_43);
    }
    return payload_make(&what);
}

static struct payload_file make_metadata_and_data(void)
{
    struct payload_description what = payload_simple;

    what.metadata = "cve=2026-1\0by=me";
    what.metadata_bytes = 17;
    what.has_data = true;
    return payload_make(&what);
}

static struct payload_file make_stacked(void)
{
    struct payload_description what = payload_simple;

    what.depends = 0x77;
    return payload_make(&what);
}

static struct payload_file make_patch_of_a_payload(void)
{
    const struct payload_function function = {
        .old_name = "in_base",
        .old_addr = find_payload("base")->funcs[0].new_addr,
        .old_size = 6,
        .code = return_43,
        .code_bytes = HOST_RETURN_BYTES,
    };
    const struct payload_description what = {
        .functions = &function, .nr_functions = 1, .id = 0x11, .depends = 0x77};

    return payload_make(&what);
}

/* `.rodata.here` of 8 bytes; its index goes to *section. */
static struct payload_builder *start_with_word(uint32_t *section)
{
    struct payload_builder *builder = payload_start(&payload_simple);

    *section = builder_section(builder, ".rodata.here", SHT_PROGBITS, SHF_ALLOC,
                               8, NULL, 8);
    return builder;
}

static struct payload_file make_got_reference(void)
{
    uint32_t section;
    struct payload_builder *builder = start_with_word(&section);

    builder_relocation(builder, section, 0, R_X86_64_GOTPCREL,
                       builder_symbol(builder, "question", SHN_UNDEF, 0,
                                      ELF64_ST_INFO(STB_GLOBAL, STT_NOTYPE)),
                       -4);
    return builder_finish(builder);
}

/* What the base exports. */
static uint32_t shared(struct payload_builder *builder)
{
    return builder_symbol(builder, "shared", SHN_UNDEF, 0,
                          ELF64_ST_INFO(STB_GLOBAL, STT_NOTYPE));
}

static struct payload_file make_reference_to_a_payload(void)
{
    uint32_t section;
    struct payload_builder *builder = start_with_word(&section);

    builder_relocation(builder, section, 0, HOST_RELOC_ABS64, shared(builder),
                       0);
    return builder_finish(builder);
}

static struct payload_file make_exception_table(void)
{
    struct payload_builder *builder = payload_start(&payload_simple);

    payload_add_fixup(builder, in_text(5), in_text(1));
    payload_add_fixup(builder, in_text(3), in_text(2));
    return builder_finish(builder);
}

/* Through a pointer of the base's. */
static struct payload_file make_alternative_call(void)
{
    static const uint8_t call[] = {0xff, 0x15, 0, 0, 0, 0, 0xc3};
    const struct payload_function function = {.old_name = "answer",
                                              .old_size = 16,
                                              .code = call,
                                              .code_bytes = sizeof(call)};
    const struct payload_description what = {
        .functions = &function, .nr_functions = 1, .id = 0x11};
    struct payload_builder *builder = payload_start(&what);
    const uint32_t sites = builder_section(builder, ".alt_call_sites",
                                           SHT_PROGBITS, SHF_ALLOC, 4, NULL, 4);

    builder_relocation(builder, builder_find(builder, ".text"), 2,
                       HOST_RELOC_PC32, shared(builder), -4);
    builder_relocation(builder, sites, 0, HOST_RELOC_PC32, PAYLOAD_TEXT, 0);
    return builder_finish(builder);
}

static struct payload_file make_exports(void)
{
    uint32_t section;
    struct payload_builder *builder = start_with_word(&section);
    char name[32];

    for (unsigned int i = 0; i < 200; i++) {
        snprintf(name, sizeof(name), "exported_%u", i);
        builder_symbol(builder, name, section, i % 8,
                       ELF64_ST_INFO(STB_GLOBAL, STT_OBJECT));
    }
    return builder_finish(builder);
}

static int agree(livepatch_payload_t *payload)
{
    (void)payload;
    return 0;
}

static int mark(livepatch_payload_t *payload)
{
    payload->fstate[0].applied = LIVEPATCH_FUNC_APPLIED;
    return 0;
}

static int unmark(livepatch_payload_t *payload)
{
    payload->fstate[0].applied = LIVEPATCH_FUNC_NOT_APPLIED;
    return 0;
}

static void after(livepatch_payload_t *payload)
{
    (void)payload;
}

static void nothing(void)
{
}

static struct payload_file make_with_hooks(const struct test_hook *hooks,
                                           unsigned int nr)
{
    const struct hook_payload what = {
        .function = "answer", .id = 0x11, .hooks = hooks, .nr_hooks = nr};

    return make_hook_payload(&what);
}

static struct payload_file make_load_hooks(void)
{
    static const struct test_hook hooks[] = {{LP_HOOK_LOAD, nothing},
                                             {LP_HOOK_UNLOAD, nothing}};

    return make_with_hooks(hooks, NR(hooks));
}

static struct payload_file make_action_hooks(void)
{
    static const struct test_hook hooks[] = {{LP_HOOK_APPLY, mark},
                                             {LP_HOOK_REVERT, unmark}};

    return make_with_hooks(hooks, NR(hooks));
}

static struct payload_file make_hooks_around(void)
{
    static const struct test_hook hooks[] = {{LP_HOOK_PREAPPLY, agree},
                                             {LP_HOOK_POSTAPPLY, after},
                                             {LP_HOOK_PREREVERT, agree},
                                             {LP_HOOK_POSTREVERT, after}};

    return make_with_hooks(hooks, NR(hooks));
}

struct kind_row {
    const char *name;
    struct payload_file (*make)(void);
    void (*before)(void); /* makes "base"; NULL: nothing is needed */
    bool has_hooks_around;
};

static const struct kind_row kinds[] = {
    {"functions_survive", make_functions, NULL, false},
    {"many_functions_survive", make_many_functions, NULL, false},
    {"metadata_and_data_survive", make_metadata_and_data, NULL, false},
    {"stacked_payload_survives", make_stacked, apply_base, false},
    {"patch_of_a_payload_survives", make_patch_of_a_payload, apply_base, false},
    {"got_reference_survives", make_got_reference, NULL, false},
    {"reference_to_a_payload_survives", make_reference_to_a_payload, load_base,
     false},
    {"exception_table_survives", make_exception_table, NULL, false},
    {"alternative_call_survives", make_alternative_call, load_base, false},
    {"exports_survive", make_exports, NULL, false},
    {"load_hooks_survive", make_load_hooks, NULL, false},
    {"action_hooks_survive", make_action_hooks, NULL, false},
    {"hooks_around_survive", make_hooks_around, NULL, true},
};

/* ---- requests
 * ---------------------------------------------------------------- */

/* Sends the request until it gets all the memory it asks for. Returns how many
 * times it did not. An action that was accepted tells by rc. */
static unsigned long starve(struct request request, bool tells_by_rc)
{
    const struct snapshot before = look();
    unsigned long nr = 0;

    for (;;) {
        struct request sent = request;
        struct lp_payload *fix = find_payload("fix");
        const enum lp_state state = fix ? fix->state : LP_STATE_NR;
        int rc;

        host_log_clear();
        host_fail_nth(++nr);
        rc = send_request(&sent);
        if (!host_has_failed()) {
            host_fail_nth(0);
            assert_int_equal(rc, 0);
            return nr - 1;
        }
        if (tells_by_rc && rc == 0) {
            rc = fix->rc;
        }
        assert_int_equal(rc, -ENOMEM);
        assert_ptr_equal(find_payload("fix"), fix);
        assert_true(!fix || fix->state == state);
        assert_unchanged(&before);
    }
}

static void starve_action(enum action action, uint32_t state)
{
    struct request request = action_request("fix", action);

    put(&request, AT_ACTION_FLAGS,
        action == REPLACE ? LIVEPATCH_ACTION_APPLY_NODEPS : 0, 4);
    memcpy(text_before, _stext, sizeof(text_before));
    assert_int_equal(starve(request, true) > 0, action == REPLACE);
    assert_int_equal(find_payload("fix")->rc, 0);
    assert_int_equal(lp_state_abi(find_payload("fix")), state);
}

/* Allocates nothing. */
static void unload_without_memory(const char *name)
{
    host_fail_nth(1);
    assert_int_equal(act(name, UNLOAD), 0);
    assert_false(host_has_failed());
    host_fail_nth(0);
}

static void list_without_memory(void)
{
    struct request list = {{0}};

    put(&list, AT_COMMAND, LIST, 4);
    put(&list, AT_LIST_NR, 8, 4);
    put(&list, AT_LIST_STATUS, (uint64_t)host_guest_alloc(64), 8);
    put(&list, AT_LIST_NAME, (uint64_t)host_guest_alloc(256), 8);
    put(&list, AT_LIST_LEN, (uint64_t)host_guest_alloc(32), 8);
    put(&list, AT_LIST_METADATA, (uint64_t)host_guest_alloc(256), 8);
    put(&list, AT_LIST_METADATA_LEN, (uint64_t)host_guest_alloc(32), 8);
    host_fail_nth(1);
    assert_true(send_request(&list) > 0);
    assert_false(host_has_failed());
    host_fail_nth(0);
}

static void starve_upload(const struct payload_file *file)
{
    memcpy(text_before, _stext, sizeof(text_before));
    assert_true(starve(upload_request("fix", file), false) > 8);
    list_without_memory();
}

static void request_by_request(void **state)
{
    const struct kind_row *kind = *state;
    struct payload_file file;

    if (kind->before) {
        kind->before();
    }
    file = kind->make();
    starve_upload(&file);
    starve_action(APPLY, LIVEPATCH_STATE_APPLIED);
    list_without_memory();
    starve_action(REVERT, LIVEPATCH_STATE_CHECKED);
    unload_without_memory("fix");
    if (!kind->has_hooks_around) {
        starve_upload(&file);
        starve_action(REPLACE, LIVEPATCH_STATE_APPLIED);
        must_revert(find_payload("fix"));
        unload_without_memory("fix");
    }
    if (kind->before) {
        if (find_payload("base")->state == LP_APPLIED) {
            must_revert(find_payload("base"));
        }
        unload_without_memory("base");
    }
    payload_file_free(&file);
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, kinds, request_by_request);
    return host_run(&tests);
}
