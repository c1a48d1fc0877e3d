// SPDX-License-Identifier: GPL-2.0
/*
 * The extension's PAYLOADS: what is told of each payload and when it changes,
 * how a set is read in pieces, and by callers that know shorter or longer
 * records.
 */
#include "extension.h"
#include "hook_payload.h"
#include "request.h"

#include "host/clock.h"
#include "host/guest.h"

#include <xen/version.h>

#define OURS ((uint32_t)sizeof(struct livepatch_ext_payload))
#define APPLIED 2
#define CHECKED 1

/* The only one that is loaded. */
static struct livepatch_ext_payload the_payload(void)
{
    const struct payloads_answer answer = read_all_payloads();

    assert_int_equal(answer.payloads.nr, 1);
    return *payload_at(&answer, 0);
}

static struct livepatch_ext_payload payload_named(const char *name)
{
    const struct payloads_answer answer = read_all_payloads();
    unsigned int i = 0;

    while (strcmp(payload_at(&answer, i)->name, name) != 0) {
        i++;
    }
    return *payload_at(&answer, i);
}

static int upload_on(const char *name, uint8_t id, uint8_t depends)
{
    struct payload_description what = payload_simple;

    what.id = id;
    what.depends = depends;
    return upload_described(name, &what);
}

/* ---- what is told ------------------------------------------------------- */

static void loaded_payload_is_told(void **state)
{
    struct livepatch_ext_payload told;
    const struct lp_payload *payload;
    uint8_t id[20];
    const void *running;
    unsigned int len;

    (void)state;
    host_clock_fake(SECONDS(5));
    assert_int_equal(upload("fix"), 0);
    told = the_payload();
    payload = find_payload("fix");
    assert_string_equal(told.name, "fix");
    assert_int_equal(told.load_time, SECONDS(5));
    assert_int_equal(told.apply_time, 0);
    assert_true(told.image_bytes >= 4096);
    assert_int_equal(told.image_bytes, payload->image.bytes);
    assert_int_equal(told.state, CHECKED);
    assert_int_equal(told.rc, 0);
    assert_int_equal(told.flags, LIVEPATCH_EXT_REAPPLIABLE);
    assert_int_equal(told.place, 0);
    assert_int_equal(told.nr_functions, 1);
    assert_int_equal(told.nr_users, 0);
    assert_int_equal(told.nr_uses, 0);
    memset(id, payload_simple.id, sizeof(id));
    assert_int_equal(told.id_bytes, sizeof(id));
    assert_memory_equal(told.id, id, sizeof(id));
    assert_int_equal(xen_build_id(&running, &len), 0);
    assert_int_equal(told.depends_bytes, len);
    assert_memory_equal(told.depends, running, len);
    assert_int_equal(told.id[sizeof(id)], 0);
    assert_int_equal(act("fix", UNLOAD), 0);
}

static void long_build_id_is_cut_and_its_length_told(void **state)
{
    const struct payload_description what = payload_simple;
    struct payload_builder *builder = payload_start(&what);
    struct livepatch_ext_payload told;
    struct payload_file file;
    struct request request;
    uint8_t id[100];
    Elf_Shdr *note;

    (void)state;
    for (unsigned int i = 0; i < sizeof(id); i++) {
        id[i] = i;
    }
    builder_note(builder, ".note.long", id, sizeof(id));
    file = builder_finish(builder);
    note = file_named_section(&file, ".note.gnu.build-id");
    note->sh_offset = file_named_section(&file, ".note.long")->sh_offset;
    note->sh_size = file_named_section(&file, ".note.long")->sh_size;
    request = upload_request("fix", &file);
    payload_file_free(&file);
    assert_int_equal(send_request(&request), 0);
    told = the_payload();
    assert_int_equal(told.id_bytes, 100);
    assert_memory_equal(told.id, id, LIVEPATCH_EXT_ID_BYTES);
    assert_int_equal(told.depends_bytes, 20);
    assert_int_equal(act("fix", UNLOAD), 0);
}

static void apply_and_revert_are_told_with_their_time(void **state)
{
    struct livepatch_ext_payload told;

    (void)state;
    host_clock_fake(SECONDS(1));
    assert_int_equal(upload("fix"), 0);
    host_clock_advance(SECONDS(2));
    assert_int_equal(act("fix", APPLY), 0);
    host_clock_advance(SECONDS(4));
    told = the_payload();
    assert_int_equal(told.state, APPLIED);
    assert_int_equal(told.place, 1);
    assert_int_equal(told.load_time, SECONDS(1));
    assert_int_equal(told.apply_time, SECONDS(3));
    assert_int_equal(act("fix", REVERT), 0);
    told = the_payload();
    assert_int_equal(told.state, CHECKED);
    assert_int_equal(told.place, 0);
    assert_int_equal(told.apply_time, SECONDS(3));
    assert_int_equal(act("fix", UNLOAD), 0);
}

static void places_are_those_of_the_stack(void **state)
{
    (void)state;
    assert_int_equal(upload_on("second", 2, 1), 0);
    assert_int_equal(upload_on("first", 1, 0), 0);
    assert_int_equal(upload_on("other", 3, 0), 0);
    assert_int_equal(act("first", APPLY), 0);
    assert_int_equal(act("second", APPLY), 0);
    assert_int_equal(payload_named("first").place, 1);
    assert_int_equal(payload_named("second").place, 2);
    assert_int_equal(payload_named("other").place, 0);
    assert_int_equal(act("other", REPLACE), 0);
    assert_int_equal(payload_named("first").place, 0);
    assert_int_equal(payload_named("second").place, 0);
    assert_int_equal(payload_named("other").place, 1);
    assert_int_equal(act("other", REVERT), 0);
    assert_int_equal(act("other", UNLOAD), 0);
    assert_int_equal(act("first", UNLOAD), 0);
    assert_int_equal(act("second", UNLOAD), 0);
}

static void what_holds_data_is_spent_after_its_revert(void **state)
{
    struct payload_description what = payload_simple;

    (void)state;
    what.has_data = true;
    assert_int_equal(upload_described("fix", &what), 0);
    assert_int_equal(the_payload().flags, 0);
    assert_int_equal(the_payload().state, CHECKED);
    assert_int_equal(act("fix", APPLY), 0);
    assert_int_equal(the_payload().state, APPLIED);
    assert_int_equal(act("fix", REVERT), 0);
    assert_int_equal(the_payload().state, LIVEPATCH_EXT_STATE_SPENT);
    assert_int_equal(act("fix", UNLOAD), 0);
}

static int say_no(struct payload *payload)
{
    (void)payload;
    return -EDOM;
}

static void hooks_and_the_last_rc_are_told(void **state)
{
    static const struct test_hook hooks[] = {{LP_HOOK_PREAPPLY, say_no}};
    const struct hook_payload what = {
        .function = "answer", .id = 7, .hooks = hooks, .nr_hooks = 1};
    struct lp_payload *payload = must_load_hook_payload(&what, "fix");

    (void)state;
    assert_int_equal(the_payload().flags,
                     LIVEPATCH_EXT_REAPPLIABLE | LIVEPATCH_EXT_HAS_HOOKS);
    assert_int_equal(act("fix", APPLY), -EDOM);
    assert_int_equal(the_payload().rc, -EDOM);
    must_unload(payload);
}

static void number_is_never_given_twice(void **state)
{
    uint64_t number;

    (void)state;
    assert_int_equal(upload("fix"), 0);
    number = the_payload().number;
    assert_true(number > 0);
    assert_int_equal(act("fix", UNLOAD), 0);
    assert_int_equal(upload("fix"), 0);
    assert_true(the_payload().number > number);
    assert_int_equal(act("fix", UNLOAD), 0);
}

/* A payload that patches the new function of another. */
static void load_user(const char *name, uint8_t id, const char *of)
{
    struct payload_function function = payload_simple.functions[0];
    const struct payload_description what = {
        .functions = &function, .nr_functions = 1, .id = id};

    function.old_addr = find_payload(of)->funcs[0].new_addr;
    function.old_size = 6;
    assert_int_equal(upload_described(name, &what), 0);
}

/* `base` is used by `one` and `two`. */
static void load_users(void)
{
    assert_int_equal(upload("base"), 0);
    load_user("one", 0x41, "base");
    load_user("two", 0x42, "base");
}

static void unload_users(void)
{
    assert_int_equal(act("two", UNLOAD), 0);
    assert_int_equal(act("one", UNLOAD), 0);
    assert_int_equal(act("base", UNLOAD), 0);
}

static void users_are_told_by_the_number_of_what_they_use(void **state)
{
    struct payloads_answer answer;

    (void)state;
    load_users();
    answer = read_all_payloads();
    assert_int_equal(answer.payloads.nr_all_uses, 2);
    assert_int_equal(payload_at(&answer, 0)->nr_users, 2);
    assert_int_equal(payload_at(&answer, 0)->nr_uses, 0);
    for (unsigned int i = 1; i < 3; i++) {
        const struct livepatch_ext_payload *user = payload_at(&answer, i);

        assert_int_equal(user->nr_users, 0);
        assert_int_equal(user->nr_uses, 1);
        assert_int_equal(answer.uses[user->first_use],
                         payload_at(&answer, 0)->number);
    }
    assert_int_equal(payload_at(&answer, 2)->first_use, 1);
    unload_users();
}

/* ---- reading in pieces -------------------------------------------------- */

static void nothing_loaded_is_nothing_read(void **state)
{
    struct payloads_answer answer;

    (void)state;
    host_clock_fake(77);
    answer = read_payloads(5, 4, 4, OURS);
    assert_int_equal(answer.rc, 0);
    assert_int_equal(answer.payloads.nr, 0);
    assert_int_equal(answer.payloads.nr_uses, 0);
    assert_int_equal(answer.payloads.nr_loaded, 0);
    assert_int_equal(answer.payloads.from, 5);
    assert_int_equal(answer.payloads.now, 77);
    assert_int_equal(answer.payloads.stride, OURS);
    assert_int_equal(answer.bytes[0], 0xa5);
}

static void no_room_tells_how_much_there_is(void **state)
{
    struct payloads_answer answer;

    (void)state;
    load_users();
    answer = read_payloads(1, 0, 0, 16);
    assert_int_equal(answer.rc, 0);
    assert_int_equal(answer.payloads.nr, 0);
    assert_int_equal(answer.payloads.from, 1);
    assert_int_equal(answer.payloads.nr_loaded, 3);
    assert_int_equal(answer.payloads.nr_all_uses, 2);
    unload_users();
}

static void reading_goes_on_where_it_ended(void **state)
{
    struct payloads_answer answer;
    uint64_t number;

    (void)state;
    load_users();
    number = payload_named("two").number;
    answer = read_payloads(1, 2, 2, OURS);
    assert_int_equal(answer.payloads.nr, 2);
    assert_int_equal(answer.payloads.nr_uses, 1);
    assert_int_equal(answer.payloads.from, number);
    answer = read_payloads(number, 2, 2, OURS);
    assert_int_equal(answer.payloads.nr, 1);
    assert_int_equal(answer.payloads.nr_uses, 1);
    assert_int_equal(answer.payloads.from, number + 1);
    assert_string_equal(payload_at(&answer, 0)->name, "two");
    assert_int_equal(payload_at(&answer, 0)->first_use, 0);
    unload_users();
}

static void uses_without_room_are_left_for_the_next_reading(void **state)
{
    struct payloads_answer answer;

    (void)state;
    load_users();
    answer = read_payloads(1, 3, 1, OURS);
    assert_int_equal(answer.rc, 0);
    assert_int_equal(answer.payloads.nr, 2);
    assert_int_equal(answer.payloads.nr_uses, 1);
    assert_int_equal(answer.payloads.from, payload_named("two").number);
    assert_int_equal(answer.payloads.nr_loaded, 3);
    unload_users();
}

static void no_room_for_the_first_ones_uses_is_enobufs(void **state)
{
    struct payloads_answer answer;
    uint64_t number;

    (void)state;
    load_users();
    number = payload_named("one").number;
    answer = read_payloads(number, 3, 0, OURS);
    assert_int_equal(answer.rc, -ENOBUFS);
    assert_int_equal(answer.payloads.from, number);
    assert_int_equal(answer.payloads.nr, 3);
    unload_users();
}

static uint64_t generation(void)
{
    return read_payloads(1, 0, 0, 16).payloads.generation;
}

static void generation_tells_whether_something_changed(void **state)
{
    static const enum action actions[] = {APPLY, REVERT, REPLACE, REVERT,
                                          UNLOAD};
    uint64_t last = generation();

    (void)state;
    assert_int_equal(upload("fix"), 0);
    for (unsigned int i = 0; i < ARRAY_SIZE(actions); i++) {
        assert_true(generation() > last);
        last = generation();
        assert_int_equal(generation(), last);
        assert_int_equal(act("fix", actions[i]), 0);
    }
    assert_true(generation() > last);
}

static void generation_is_the_newest_record_s_number(void **state)
{
    struct livepatch_ext_record record;

    (void)state;
    assert_int_equal(act("nothing", APPLY), -ENOENT);
    assert_true(read_newest_record(&record));
    assert_int_equal(generation(), record.sequence);
}

/* ---- other callers' records --------------------------------------------- */

static void short_record_gets_its_beginning(void **state)
{
    struct payloads_answer answer;

    (void)state;
    assert_int_equal(upload("fix"), 0);
    answer = read_payloads(1, 1, 0, 36);
    assert_int_equal(answer.payloads.nr, 1);
    assert_int_equal(payload_at(&answer, 0)->state, CHECKED);
    assert_int_equal(answer.bytes[36], 0xa5);
    assert_int_equal(act("fix", UNLOAD), 0);
}

static void long_record_is_cleared_at_its_end(void **state)
{
    struct payloads_answer answer;

    (void)state;
    assert_int_equal(upload("fix"), 0);
    answer = read_payloads(1, 1, 0, OURS + 100);
    assert_int_equal(answer.payloads.nr, 1);
    for (unsigned int i = 0; i < 100; i++) {
        assert_int_equal(answer.bytes[OURS + i], 0);
    }
    assert_int_equal(answer.bytes[OURS + 100], 0xa5);
    assert_int_equal(act("fix", UNLOAD), 0);
}

struct refusal_row {
    const char *name;
    uint32_t stride;
    uint32_t pad;
    int rc;
};

static const struct refusal_row refusals[] = {
    {"stride_0_is_einval", 0, 0, -EINVAL},
    {"stride_15_is_einval", 15, 0, -EINVAL},
    {"stride_16_is_taken", 16, 0, 0},
    {"stride_4096_is_taken", 4096, 0, 0},
    {"stride_4097_is_einval", 4097, 0, -EINVAL},
    {"pad_is_einval", 16, 1, -EINVAL},
};

static void request_is_judged(void **state)
{
    const struct refusal_row *row = *state;
    struct livepatch_ext_payloads payloads = {
        .nr = 1, .stride = row->stride, .pad = row->pad};

    assert_int_equal(
        send_extension(LIVEPATCH_EXT_PAYLOADS, &payloads, sizeof(payloads)),
        row->rc);
}

struct fault_row {
    const char *name;
    unsigned int records_kept, uses_kept; /* bytes that can be written */
};

static const struct fault_row faults[] = {
    {"unwritable_record_is_efault", 0, 16},
    {"unwritable_end_of_a_record_is_efault", 3 * OURS - 1, 16},
    {"unwritable_uses_are_efault", 3 * OURS, 0},
    {"unwritable_end_of_the_uses_is_efault", 3 * OURS, 15},
};

static void fault_tells_nothing(void **state)
{
    const struct fault_row *row = *state;
    uint8_t *records = host_guest_alloc(3UL * OURS);
    uint8_t *uses = host_guest_alloc(16);
    struct livepatch_ext_payloads payloads = {.payloads = (uintptr_t)records,
                                              .uses = (uintptr_t)uses,
                                              .from = 1,
                                              .nr = 3,
                                              .nr_uses = 2,
                                              .stride = OURS};
    const struct livepatch_ext_payloads asked = payloads;

    load_users();
    host_guest_break(records + row->records_kept,
                     3UL * OURS - row->records_kept);
    host_guest_break(uses + row->uses_kept, 16 - row->uses_kept);
    assert_int_equal(
        send_extension(LIVEPATCH_EXT_PAYLOADS, &payloads, sizeof(payloads)),
        -EFAULT);
    assert_memory_equal(&payloads, &asked, sizeof(asked));
    unload_users();
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, loaded_payload_is_told);
    host_add(&tests, long_build_id_is_cut_and_its_length_told);
    host_add(&tests, apply_and_revert_are_told_with_their_time);
    host_add(&tests, places_are_those_of_the_stack);
    host_add(&tests, what_holds_data_is_spent_after_its_revert);
    host_add(&tests, hooks_and_the_last_rc_are_told);
    host_add(&tests, number_is_never_given_twice);
    host_add(&tests, users_are_told_by_the_number_of_what_they_use);
    host_add(&tests, nothing_loaded_is_nothing_read);
    host_add(&tests, no_room_tells_how_much_there_is);
    host_add(&tests, reading_goes_on_where_it_ended);
    host_add(&tests, uses_without_room_are_left_for_the_next_reading);
    host_add(&tests, no_room_for_the_first_ones_uses_is_enobufs);
    host_add(&tests, generation_tells_whether_something_changed);
    host_add(&tests, generation_is_the_newest_record_s_number);
    host_add(&tests, short_record_gets_its_beginning);
    host_add(&tests, long_record_is_cleared_at_its_end);
    host_add_rows(&tests, refusals, request_is_judged);
    host_add_rows(&tests, faults, fault_tells_nothing);
    return host_run(&tests);
}
