/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is for eyes only: colour and progress, on a terminal and nowhere else.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fake/sync_samples.h"

#define GREEN "\033[32m"
#define YELLOW "\033[33m"
#define RED "\033[31m"
#define PLAIN "\033[0m"

static const struct fake_entry entries[] = {
    {.state = APPLIED, .name = "fix1"},
    {.state = CHECKED, .rc = -EBUSY, .name = "fix2"},
};

static int start_on_terminal(void **state)
{
    setenv("TERM", "xterm", 1);
    unsetenv("NO_COLOR");
    return start_sync(state);
}

static void list_has_colours_on_a_terminal(void **state)
{
    const struct run *run;

    (void)state;
    expect_listing(entries, 2);
    run = run_on_terminal("list", NULL);
    assert_contains(run->out, "| " GREEN "APPLIED" PLAIN "    | ");
    assert_contains(run->out, "| " YELLOW "CHECKED" PLAIN RED
                              " (16, Device or resource busy)" PLAIN "    | ");
}

static void status_has_colours_on_a_terminal(void **state)
{
    const struct run *run;

    (void)state;
    expect_listing(entries, 2);
    run = run_on_terminal("status", NULL);
    assert_contains(run->out, "fix1: " GREEN "APPLIED" PLAIN "\r\n");
    assert_contains(run->out, RED ", its last action failed");
}

static void no_colour_where_none_is_wanted(void **state)
{
    static const char *const settings[][2] = {{"NO_COLOR", "1"},
                                              {"TERM", "dumb"}};

    for (size_t i = 0; i < 2; i++) {
        start_on_terminal(state);
        setenv(settings[i][0], settings[i][1], 1);
        expect_listing(entries, 2);
        assert_lacks(run_on_terminal("list", NULL)->out, "\033");
        fake_verify();
    }
}

/* What the hypervisor's log says, shown by `list` as metadata. */
static void assert_shown(const char *bytes, const char *shown)
{
    const struct fake_entry odd[] = {
        {.state = APPLIED,
         .name = "fix1",
         .metadata = bytes,
         .metadata_bytes = (uint32_t)strlen(bytes) + 1}};

    fake_reset();
    expect_listing(odd, 1);
    assert_contains(run_on_terminal("list", NULL)->out, shown);
}

static void utf8_is_shown_where_the_locale_says_so(void **state)
{
    (void)state;
    setenv("LC_ALL", "C.UTF-8", 1);
    assert_shown("a=\u00e9\u00a0\u4e2d.", "| a=\u00e9\u00a0\u4e2d.\r\n");
    assert_shown("a=\u202e.", "| a=\\xe2\\x80\\xae.\r\n"); /* turns round */
    assert_shown("a=\xc2\x9b.", "| a=\\xc2\\x9b.\r\n");    /* a control */
    assert_shown("a=\xc0\xaf.", "| a=\\xc0\\xaf.\r\n"); /* not the shortest */
    assert_shown("a=\xe4\xb8", "| a=\\xe4\\xb8\r\n");   /* cut short */
    assert_shown("a=\xf5\xff.", "| a=\\xf5\\xff.\r\n");
    setenv("LC_ALL", "C", 1);
    assert_shown("a=\u00e9.", "| a=\\xc3\\xa9.\r\n");
    unsetenv("LC_ALL");
}

static void empty_no_color_asks_for_nothing(void **state)
{
    (void)state;
    setenv("NO_COLOR", "", 1);
    expect_listing(entries, 2);
    assert_contains(run_on_terminal("list", NULL)->out, GREEN);
}

static void no_colour_in_a_file(void **state)
{
    (void)state;
    expect_listing(entries, 2);
    assert_lacks(run_command("list", NULL)->out, "\033");
}

static void retries_are_shown_on_a_terminal(void **state)
{
    (void)state;
    expect_list_sizes_refused(-EBUSY);
    expect_listing(NULL, 0);
    assert_contains(run_on_terminal("--retries=3", "list", NULL)->out,
                    "xen-livepatch: busy; try 2 of 4 in 100 ms.\r\n");
}

static void sync_shows_how_far_it_is_on_a_terminal(void **state)
{
    const struct run *run;

    (void)state;
    put_payload("a", on_xen);
    put_payload("b", on_first);
    expect_listing(NULL, 0);
    expect_load("a");
    expect_load("b");
    run = run_on_terminal("--state-dir=s", "sync", "--dir=d", NULL);
    assert_contains(run->out, "xen-livepatch: 1 of 2: a\r\n");
    assert_contains(run->out, "xen-livepatch: 2 of 2: b\r\n");
}

static void quiet_shows_no_progress(void **state)
{
    (void)state;
    expect_list_sizes_refused(-EBUSY);
    expect_listing(NULL, 0);
    assert_lacks(run_on_terminal("-q", "--retries=3", "list", NULL)->out,
                 "try 2");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_on_terminal, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(list_has_colours_on_a_terminal),
        TEST(status_has_colours_on_a_terminal),
        TEST(no_colour_where_none_is_wanted),
        TEST(utf8_is_shown_where_the_locale_says_so),
        TEST(empty_no_color_asks_for_nothing),
        TEST(no_colour_in_a_file),
        TEST(retries_are_shown_on_a_terminal),
        TEST(sync_shows_how_far_it_is_on_a_terminal),
        TEST(quiet_shows_no_progress),
    };

    return cmocka_run_group_tests_name("xen-livepatch terminal", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
