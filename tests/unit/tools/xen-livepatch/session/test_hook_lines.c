/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Lines of the log that say what a hook said, and lines that only look so.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "session/hook_lines.h"

static struct console_text text_of(const char *line)
{
    return (struct console_text){(char *)line, strlen(line)};
}

struct row {
    const char *name; /* of the payload */
    const char *line;
};

#define SAYS(line, name) hook_lines_say_no(&(line), name, -28)

static void lines_of_a_hook_are_found(void **state)
{
    static const struct row rows[] = {
        {"fix1", "(XEN) livepatch: fix1: not applied: its own hook says -28\n"},
        {"fix1", "(XEN) livepatch: fix1: not applied: its own hook says -28"},
        {"fix1", "(XEN) a\n(XEN) livepatch: fix1: not reverted by its own post "
                 "hook: its own hook says -28\r\n(XEN) b\n"},
        {"fix1", "(XEN) [2026-11-21 20:00:00] livepatch: fix1: not applied: "
                 "its own hook says -28\n"},
        {"fix1", "(XEN) livepatch: fix1: not applied: the apply hook of 'fix1' "
                 "says -28\n"},
        {"fix1", "(XEN) livepatch: fix1: not applied in the place of all "
                 "others: the revert hook of 'fix0' says -28\n"},
        {"fix1", "(XEN) livepatch: fix0: not applied with 1 more: the apply "
                 "hook of 'fix1' says -28\n"},
        {"fix1", "(XEN) livepatch: fix1: pre-apply hook failed (rc=-28), "
                 "aborting!\n"},
        {"a\tb\x7f", "(XEN) livepatch: a?b?: not applied: its own hook says "
                     "-28\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct console_text text = text_of(rows[i].line);

        assert_true(SAYS(text, rows[i].name));
    }
}

static void other_lines_are_not_taken_for_them(void **state)
{
    static const struct row rows[] = {
        {"fix1", ""},
        {"hook-28", "(XEN) livepatch: hook-28: depends on build-id 11, but the "
                    "hypervisor is 12\n"},
        {"hook says -28", "(XEN) livepatch: hook says -28: loaded\n"},
        {"fix1", "(XEN) livepatch: fix2: not applied: its own hook says -28\n"},
        {"fix", "(XEN) livepatch: fix1: not applied: its own hook says -28\n"},
        {"fix12", "(XEN) livepatch: fix1: not applied: its own hook says "
                  "-28\n"},
        {"fix1", "(XEN) livepatch: fix1: not applied: its own hook says -2\n"},
        {"fix1", "(XEN) livepatch: fix1: not applied: its own hook says "
                 "-281\n"},
        {"fix1", "(d1) livepatch: fix1: not applied: its own hook says -28\n"},
        {"fix1", "livepatch: fix1: not applied: its own hook says -28\n"},
        {"fix1", "(XEN) [livepatch: fix1: not applied: its own hook says "
                 "-28\n"},
        {"fix1", "(XEN) livepatch: fix1: has a hook that says -28\n"},
        {"fix1", "(XEN) livepatch: fix0: the apply hook of 'fix1' says -28\n"},
        {"fix1", "(XEN) livepatch: fix0: not applied: the apply hook of "
                 "'fix11' says -28\n"},
        {"fix1", "(XEN) livepatch: fix1: not applied: the deadline says -28\n"},
        {"fix1", "(XEN) livepatch: fix1: pre-apply hook failed (rc=-2), "
                 "aborting!\n"},
        {"fix1", "(XEN) livepatch: fix1: its -28 hook failed (rc=-28)\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct console_text text = text_of(rows[i].line);

        assert_false(SAYS(text, rows[i].name));
    }
}

/* The ring may hold anything. */
static void line_longer_than_any_is_passed_over(void **state)
{
    static const char veto[] =
        "\n(XEN) livepatch: fix1: not applied: its own hook says -28";
    static char bytes[5000];
    struct console_text text = {bytes, sizeof(bytes)};

    (void)state;
    memset(bytes, 'x', sizeof(bytes));
    bytes[7] = '\0';
    assert_false(SAYS(text, "fix1"));
    memcpy(bytes + sizeof(bytes) - (sizeof(veto) - 1), veto, sizeof(veto) - 1);
    assert_true(SAYS(text, "fix1"));
}

static void payload_with_hooks_is_named(void **state)
{
    static const struct row rows[] = {
        {"fix0",
         "(XEN) livepatch: fix2: cannot replace: 'fix0' has pre or post "
         "hooks\n"},
        {"it's",
         "(XEN) livepatch (dry run): fix2: cannot replace: 'it's' has pre or "
         "post hooks\n"},
        {NULL, "(XEN) livepatch: fix1: cannot replace: 'fix0' has pre or post "
               "hooks\n"},
        {NULL, "(XEN) livepatch: fix2: cannot replace: 'fix0' has its "
               "reasons\n"},
        {NULL, "(XEN) livepatch: fix2: cannot unload: 'fix0' has pre or post "
               "hooks\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct console_text text = text_of(rows[i].line);
        char hooked[PAYLOAD_NAME_LENGTH_MAX + 1];
        bool is_found = hook_lines_find_hooked(&text, "fix2", hooked);

        assert_int_equal(is_found, rows[i].name != NULL);
        if (is_found) {
            assert_string_equal(hooked, rows[i].name);
        }
    }
}

static void name_longer_than_any_is_none(void **state)
{
    static const char start[] = "(XEN) livepatch: fix2: cannot replace: '";
    static const char end[] = "' has pre or post hooks";
    char hooked[PAYLOAD_NAME_LENGTH_MAX + 1];
    char line[400];

    (void)state;
    for (size_t nr = PAYLOAD_NAME_LENGTH_MAX; nr <= 128; nr++) {
        struct console_text text = {line, 0};

        strcpy(line, start);
        memset(line + strlen(start), 'n', nr);
        strcpy(line + strlen(start) + nr, end);
        text.nr_bytes = strlen(line);
        assert_int_equal(hook_lines_find_hooked(&text, "fix2", hooked),
                         nr <= PAYLOAD_NAME_LENGTH_MAX);
    }
    assert_int_equal(strlen(hooked), PAYLOAD_NAME_LENGTH_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_a_hook_are_found),
        cmocka_unit_test(other_lines_are_not_taken_for_them),
        cmocka_unit_test(line_longer_than_any_is_passed_over),
        cmocka_unit_test(payload_with_hooks_is_named),
        cmocka_unit_test(name_longer_than_any_is_none),
    };

    return cmocka_run_group_tests_name("xen-livepatch hook lines", tests, NULL,
                                       NULL);
}
