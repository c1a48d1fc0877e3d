/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is known of the loaded payloads: by the log of this boot.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "fake/fake_machine.h"
#include "fake/sync_samples.h"
#include "history/loaded.h"
#include "session/machine.h"

#define LINE(boot, verb, names, more)                                          \
    "{\"time\":\"2026-01-02T03:04:05.678Z\",\"boot\":\"" boot                  \
    "\",\"command\":\"" verb "\",\"names\":[" names "],\"exit_status\":0" more \
    "}\n"
#define ID(id) ",\"build_id\":\"" id "\",\"depends\":\"0102\",\"size\":99"
#define LOADED_MS 1767323045000

static const struct payload_entry entries[] = {
    {.name = "a", .status = {PAYLOAD_APPLIED, 0}},
    {.name = "b", .status = {PAYLOAD_CHECKED, 0}},
    {.name = "c", .status = {PAYLOAD_APPLIED, 0}},
};
static const struct payload_list list = {3, (struct payload_entry *)entries,
                                         NULL};
static struct deed_history deeds;
static struct loaded loaded;

/* Join the list with a log of these lines. */
static void join(const char *lines)
{
    struct loaded_sources sources = {&list, &deeds, NULL, NULL};

    unlink("log.1");
    write_file("log", lines, strlen(lines));
    assert_int_equal(deed_history_read("log", &deeds), 0);
    assert_int_equal(loaded_join(&sources, &loaded), 0);
}

static int part(void **state)
{
    deed_history_free(&deeds);
    loaded_free(&loaded);
    return finish_fake(state);
}

static void id_is(const char *name, const char *digits)
{
    char text[KEPT_ID_TEXT_BYTES];

    kept_id_format(&loaded_find(&loaded, name)->own, text);
    assert_string_equal(text, digits);
}

static void upload_of_this_boot_tells_what_it_is(void **state)
{
    const struct loaded_payload *payload;

    (void)state;
    join(LINE("boot-1", "upload", "\"a\"", ID("a1b2")));
    payload = loaded_find(&loaded, "a");
    id_is("a", "a1b2");
    assert_int_equal(payload->source, LOADED_BY_LOG);
    assert_int_equal(payload->below.nr_bytes, 2);
    assert_int_equal(payload->nr_bytes, 99);
    assert_int_equal(payload->loaded_ms, LOADED_MS);
    assert_ptr_equal(loaded_find_id(&loaded, kept_id_view(&payload->own)),
                     payload);
    assert_int_equal(loaded_find(&loaded, "b")->source, LOADED_NOT_KNOWN);
    assert_null(loaded_find(&loaded, "d"));
}

static void newest_upload_of_a_name_counts(void **state)
{
    (void)state;
    join(LINE("boot-1", "upload", "\"a\"", ID("01"))
             LINE("boot-1", "unload", "\"a\"", "")
                 LINE("boot-1", "upload", "\"a\"", ID("02")));
    id_is("a", "02");
}

static void what_somebody_loaded_after_an_unload_is_not_known(void **state)
{
    (void)state;
    join(LINE("boot-1", "upload", "\"a\"", ID("01"))
             LINE("boot-1", "unload", "\"a\"", ""));
    id_is("a", "");
    assert_int_equal(loaded_find(&loaded, "a")->source, LOADED_NOT_KNOWN);
}

static void another_boots_uploads_say_nothing(void **state)
{
    (void)state;
    join(LINE("boot-0", "upload", "\"a\"", ID("01")));
    id_is("a", "");
}

static void uploads_of_a_boot_without_a_name_say_nothing(void **state)
{
    (void)state;
    fake_machine_boot("", 1);
    join(LINE("", "upload", "\"a\"", ID("01")));
    id_is("a", "");
}

static void refused_upload_says_nothing(void **state)
{
    (void)state;
    join("{\"boot\":\"boot-1\",\"command\":\"upload\",\"names\":[\"a\"],"
         "\"build_id\":\"01\",\"exit_status\":1}\n");
    id_is("a", "");
}

static void digits_that_are_none_are_no_build_id(void **state)
{
    (void)state;
    join(LINE("boot-1", "upload", "\"a\"", ID("012"))
             LINE("boot-1", "upload", "\"b\"", ID("0x12"))
                 LINE("boot-1", "upload", "\"c\"", ",\"build_id\":12"));
    id_is("a", "");
    id_is("b", "");
    id_is("c", "");
}

static void last_apply_gives_the_time(void **state)
{
    (void)state;
    join(LINE("boot-1", "upload", "\"a\"", ID("01"))
             LINE("boot-1", "apply", "\"c\",\"a\"", ""));
    assert_int_equal(loaded_find(&loaded, "a")->applied_ms, LOADED_MS);
    assert_int_equal(loaded_find(&loaded, "b")->applied_ms, 0);
}

static void place_is_that_of_the_last_apply(void **state)
{
    (void)state;
    join(LINE("boot-1", "apply", "\"c\"", "")
             LINE("boot-1", "apply", "\"a\"", ""));
    assert_true(loaded.is_order_known);
    assert_int_equal(loaded.nr_applied, 2);
    assert_string_equal(loaded_at_place(&loaded, 1)->entry->name, "c");
    assert_string_equal(loaded_at_place(&loaded, 2)->entry->name, "a");
    assert_int_equal(loaded_find(&loaded, "b")->place, 0);
}

static void place_is_that_of_the_upload_when_nothing_is_known(void **state)
{
    (void)state;
    join("");
    assert_false(loaded.is_order_known);
    assert_string_equal(loaded_at_place(&loaded, 1)->entry->name, "a");
    assert_string_equal(loaded_at_place(&loaded, 2)->entry->name, "c");
}

/* The hypervisor's facts: c below a, b spent; it is 5 s old. */
static void join_with_facts(const struct livepatch_ext_payload *payloads,
                            size_t nr)
{
    struct extension_payloads told = {
        .payloads = (struct livepatch_ext_payload *)payloads,
        .nr = nr,
        .now_ns = 5000000000,
    };
    struct loaded_sources sources = {&list, &deeds, NULL, &told};

    write_file("log", "", 0);
    assert_int_equal(deed_history_read("log", &deeds), 0);
    assert_int_equal(loaded_join(&sources, &loaded), 0);
}

static const struct livepatch_ext_payload facts[] = {
    {.number = 1,
     .load_time = 1000000000,
     .apply_time = 2000000000,
     .image_bytes = 8192,
     .state = PAYLOAD_APPLIED,
     .place = 2,
     .id_bytes = 2,
     .depends_bytes = 1,
     .id = {0xab, 0xcd},
     .depends = {7},
     .name = "a"},
    {.number = 2, .state = LIVEPATCH_EXT_STATE_SPENT, .name = "b"},
    {.number = 3, .state = PAYLOAD_APPLIED, .place = 1, .name = "c"},
};

static void hypervisor_tells_what_the_log_does_not(void **state)
{
    const struct loaded_payload *payload;

    (void)state;
    join_with_facts(facts, 3);
    payload = loaded_find(&loaded, "a");
    id_is("a", "abcd");
    assert_int_equal(payload->source, LOADED_BY_HYPERVISOR);
    assert_int_equal(payload->below.bytes[0], 7);
    assert_int_equal(payload->nr_bytes, 8192);
    assert_int_equal(payload->loaded_ms, machine_now_ms() - 4000);
    assert_int_equal(payload->applied_ms, machine_now_ms() - 3000);
    assert_true(loaded_find(&loaded, "b")->is_spent);
    assert_false(payload->is_spent);
    assert_true(loaded.has_extension);
}

static void hypervisor_tells_the_order(void **state)
{
    (void)state;
    join_with_facts(facts, 3);
    assert_true(loaded.is_order_known);
    assert_int_equal(loaded.nr_applied, 2);
    assert_string_equal(loaded_at_place(&loaded, 1)->entry->name, "c");
    assert_string_equal(loaded_at_place(&loaded, 2)->entry->name, "a");
}

/* c came between the two questions. */
static void order_that_is_not_told_of_all_is_not_known(void **state)
{
    (void)state;
    join_with_facts(facts, 2);
    assert_false(loaded.is_order_known);
    assert_int_equal(loaded.nr_applied, 2);
    assert_string_equal(loaded_at_place(&loaded, 1)->entry->name, "a");
    assert_string_equal(loaded_at_place(&loaded, 2)->entry->name, "c");
}

/* The command's own upload, read back. */
static void what_the_command_uploads_is_known_afterwards(void **state)
{
    (void)state;
    put_payload("a", on_xen);
    expect_upload_of("a", 0);
    unlink("log");
    run_command("--log=log", "upload", "a", "d/a.livepatch", NULL);
    assert_int_equal(deed_history_read("log", &deeds), 0);
    assert_int_equal(
        loaded_join(&(struct loaded_sources){&list, &deeds, NULL, NULL},
                    &loaded),
        0);
    id_is("a", "202122232425262728292a2b2c2d2e2f30313233");
    assert_true(loaded_find(&loaded, "a")->nr_bytes > 0);
    assert_int_equal(loaded_find(&loaded, "a")->below.bytes[0], THIS_XEN);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start_sync, part)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(upload_of_this_boot_tells_what_it_is),
        TEST(newest_upload_of_a_name_counts),
        TEST(what_somebody_loaded_after_an_unload_is_not_known),
        TEST(another_boots_uploads_say_nothing),
        TEST(uploads_of_a_boot_without_a_name_say_nothing),
        TEST(refused_upload_says_nothing),
        TEST(digits_that_are_none_are_no_build_id),
        TEST(last_apply_gives_the_time),
        TEST(place_is_that_of_the_last_apply),
        TEST(place_is_that_of_the_upload_when_nothing_is_known),
        TEST(what_the_command_uploads_is_known_afterwards),
        TEST(hypervisor_tells_what_the_log_does_not),
        TEST(hypervisor_tells_the_order),
        TEST(order_that_is_not_told_of_all_is_not_known),
    };

    return cmocka_run_group_tests_name("xen-livepatch loaded payloads", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
