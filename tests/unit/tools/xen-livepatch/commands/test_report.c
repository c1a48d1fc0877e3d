/* SPDX-License-Identifier: GPL-2.0 */
/*
 * --json: one object whatever happens, the keys of each command, and text that
 * is valid whatever the bytes. Also --quiet.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <json-c/json.h>

#include "fake/fake_hypervisor.h"
#include "fake/run_command.h"
#include "lib/report.h"

enum {
    APPLY = 3,
    CHECKED = 1,
    APPLIED = 2,
};

static struct json_object *parse(const struct run *run)
{
    struct json_object *object = json_tokener_parse(run->out);

    if (!object) {
        fail_msg("not JSON: '%s'", run->out);
    }
    return object;
}

static struct json_object *member(struct json_object *object, const char *key)
{
    struct json_object *value;

    if (!json_object_object_get_ex(object, key, &value)) {
        fail_msg("no key '%s'", key);
    }
    return value;
}

static void assert_number(struct json_object *object, const char *key,
                          int expected)
{
    assert_int_equal(json_object_get_int(member(object, key)), expected);
}

static void assert_text(struct json_object *object, const char *key,
                        const char *expected)
{
    assert_string_equal(json_object_get_string(member(object, key)), expected);
}

static void list_reports_every_payload(void **state)
{
    static const struct fake_entry entries[] = {
        {APPLIED, 0, "fix1", "author=me\0b=2", 14, 0},
        {CHECKED, -EBUSY, "fix2", "", 0, 0},
        {CHECKED, -EAGAIN, "fix3", "", 0, 0},
    };
    static const struct fake_window window = {1, 0, 3, 3};

    (void)state;
    expect_list_sizes(1, entries, 3);
    expect_list(&window, entries);
    assert_run(run_command("list", "--json", NULL), 0,
               "{\n"
               "  \"command\": \"list\",\n"
               "  \"payloads\": [\n"
               "    {\n"
               "      \"name\": \"fix1\",\n"
               "      \"state\": \"APPLIED\",\n"
               "      \"is_busy\": false,\n"
               "      \"error\": 0,\n"
               "      \"metadata\": [\n"
               "        \"author=me\",\n"
               "        \"b=2\"\n"
               "      ]\n"
               "    },\n"
               "    {\n"
               "      \"name\": \"fix2\",\n"
               "      \"state\": \"CHECKED\",\n"
               "      \"is_busy\": false,\n"
               "      \"error\": 16,\n"
               "      \"metadata\": [\n"
               "      ]\n"
               "    },\n"
               "    {\n"
               "      \"name\": \"fix3\",\n"
               "      \"state\": \"CHECKED\",\n"
               "      \"is_busy\": true,\n"
               "      \"error\": 0,\n"
               "      \"metadata\": [\n"
               "      ]\n"
               "    }\n"
               "  ],\n"
               "  \"exit_status\": 0\n"
               "}\n",
               "");
}

static void empty_list_is_a_list(void **state)
{
    struct json_object *object;

    (void)state;
    expect_list_sizes(1, NULL, 0);
    object = parse(run_command("--json", "list", NULL));
    assert_int_equal(json_object_array_length(member(object, "payloads")), 0);
    json_object_put(object);
}

static void refused_list_reports_the_error(void **state)
{
    struct json_object *object;

    (void)state;
    expect_list_sizes_refused(-EPERM);
    object = parse(run_command("list", "--json", NULL));
    assert_number(object, "error", EPERM);
    assert_number(object, "exit_status", 1);
    assert_false(json_object_object_get_ex(object, "payloads", NULL));
    json_object_put(object);
}

static void action_reports_name_and_exit_status_alone(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, 0);
    expect_get("fix1", APPLIED, 0);
    assert_run(run_command("apply", "fix1", "--json", NULL), 0,
               "{\n"
               "  \"command\": \"apply\",\n"
               "  \"name\": \"fix1\",\n"
               "  \"exit_status\": 0\n"
               "}\n",
               "");
}

static void load_that_fails_reports_why_it_failed(void **state)
{
    struct json_object *object;

    (void)state;
    write_file("fix1.livepatch", sample_payload, sizeof(sample_payload));
    expect_upload("fix1", sample_payload, sizeof(sample_payload), 0);
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, -EINVAL);
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", 1, 0, 0);
    expect_get_refused("fix1", -ENOENT);
    object = parse(run_command("load", "fix1.livepatch", "--json", NULL));
    assert_text(object, "command", "load");
    assert_text(object, "name", "fix1");
    assert_number(object, "error", EINVAL);
    assert_number(object, "exit_status", 1);
    json_object_put(object);
}

static void run_without_a_hypervisor_reports_its_exit_status(void **state)
{
    struct json_object *object;

    (void)state;
    fake_fail_open(-ENOENT);
    object = parse(run_command("list", "--json", NULL));
    assert_number(object, "exit_status", 6);
    json_object_put(object);
}

static void wait_reports_the_state_that_it_saw_last(void **state)
{
    struct json_object *object;

    (void)state;
    expect_get_refused("fix1", -ENOENT);
    object =
        parse(run_command("wait", "fix1", "applied", "0s", "--json", NULL));
    assert_text(object, "state", "unloaded");
    assert_number(object, "exit_status", 2);
    json_object_put(object);
}

static void bytes_that_are_not_utf8_are_escaped(void **state)
{
    static const struct {
        const char *bytes;
        const char *text;
    } rows[] = {
        {"plain", "plain"},
        {"\x7f\x1b", "\x7f\x1b"},
        {"\xc3\xa4", "\xc3\xa4"},
        {"\xe2\x82\xac.", "\xe2\x82\xac."},
        {"\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80"},
        {"\x80", "\\x80"},
        {"a\xff"
         "b",
         "a\\xffb"},
        {"\xc3", "\\xc3"},
        {"\xc3(", "\\xc3("},
        {"\xc0\x80", "\\xc0\\x80"},
        {"\xe0\x9f\xbf", "\\xe0\\x9f\\xbf"},
        {"\xe2\x82", "\\xe2\\x82"},
        {"\xe2\x82(", "\\xe2\\x82("},
        {"\xed\xa0\x80", "\\xed\\xa0\\x80"},
        {"\xf0\x8f\xbf\xbf", "\\xf0\\x8f\\xbf\\xbf"},
        {"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"},
        {"\xf5\x80\x80\x80", "\\xf5\\x80\\x80\\x80"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct json_object *object = report_new();

        report_add_text(object, "text", rows[i].bytes);
        assert_text(object, "text", rows[i].text);
        report_free(object);
    }
}

static void metadata_is_cut_at_its_nuls(void **state)
{
    static const char metadata[] = "a=1\0\0b=2"; /* an empty one between */
    struct json_object *object = report_new();

    (void)state;
    report_add_metadata(object, metadata, sizeof(metadata) - 1);
    assert_string_equal(json_object_to_json_string_ext(
                            member(object, "metadata"), JSON_C_TO_STRING_PLAIN),
                        "[\"a=1\",\"\",\"b=2\"]");
    report_free(object);
}

static void quiet_action_says_nothing_and_complains_as_ever(void **state)
{
    static const char *const words[] = {"-q", "--quiet"};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        fake_reset();
        expect_get("fix1", CHECKED, 0);
        expect_action("fix1", APPLY, 0, 0);
        expect_get("fix1", APPLIED, 0);
        assert_run(run_command("apply", "fix1", words[i], NULL), 0, "", "");
        fake_verify();
    }
    expect_get("fix1", APPLIED, 0);
    assert_run(run_command("-q", "unload", "fix1", NULL), 1, "",
               "fix1 is in the wrong state.\n"
               "Current state: APPLIED\n"
               "Expected state: CHECKED\n");
}

static void quiet_list_still_lists(void **state)
{
    (void)state;
    expect_list_sizes(1, NULL, 0);
    assert_run(run_command("list", "-q", NULL), 0, "Nothing to list\n", "");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_fake, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(list_reports_every_payload),
        TEST(empty_list_is_a_list),
        TEST(refused_list_reports_the_error),
        TEST(action_reports_name_and_exit_status_alone),
        TEST(load_that_fails_reports_why_it_failed),
        TEST(run_without_a_hypervisor_reports_its_exit_status),
        TEST(wait_reports_the_state_that_it_saw_last),
        TEST(bytes_that_are_not_utf8_are_escaped),
        TEST(metadata_is_cut_at_its_nuls),
        TEST(quiet_action_says_nothing_and_complains_as_ever),
        TEST(quiet_list_still_lists),
    };

    return cmocka_run_group_tests_name("xen-livepatch report", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
