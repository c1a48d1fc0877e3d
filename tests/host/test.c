// SPDX-License-Identifier: GPL-2.0
/*
 * The host under CMocka. A test that leaves something behind fails, and those
 * after it too, at once: what they would say would be about the first.
 */
#include "host/test.h"

#include <stdio.h>

#include "host/guest.h"
#include "host/pcpu.h"

static char left_behind[256];
static jmp_buf after_panic;
static bool expects_panic;
static char panic_message[512];

static void hear_panic(const char *message)
{
    if (expects_panic) {
        snprintf(panic_message, sizeof(panic_message), "%s", message);
        expects_panic = false;
        longjmp(after_panic, 1);
    }
    fail_msg("panic: %s", message);
}

int host_test_setup(void **state)
{
    (void)state;
    if (left_behind[0]) {
        fail_msg("not run: an earlier test %s", left_behind);
    }
    host_on_panic(hear_panic);
    host_reset();
    return 0;
}

int host_test_teardown(void **state)
{
    (void)state;
    host_cpus_stop();
    fputs(host_log(), stderr);
    if (!host_is_balanced(left_behind, sizeof(left_behind))) {
        fail_msg("%s", left_behind);
    }
    host_guest_reset();
    return 0;
}

void host_add_test(struct host_tests *tests, const char *name,
                   CMUnitTestFunction fn, const void *row)
{
    assert_true(tests->nr < HOST_MAX_TESTS);
    tests->test[tests->nr++] = (struct CMUnitTest){
        .name = name,
        .test_func = fn,
        .setup_func = host_test_setup,
        .teardown_func = host_test_teardown,
        .initial_state = (void *)row,
    };
}

int host_run(const struct host_tests *tests)
{
    /* What passed before a crash is on record. */
    setvbuf(stdout, NULL, _IOLBF, 0);
    return _cmocka_run_group_tests("host", tests->test, tests->nr, NULL, NULL);
}

void host_assert_logged(const char *text, const char *file, int line)
{
    if (!host_log_holds(text)) {
        print_error("the log does not hold \"%s\":\n%s", text, host_log());
        _fail(file, line);
    }
}

void assert_panics(void (*fn)(void *arg), void *arg, const char *text)
{
    panic_message[0] = '\0';
    expects_panic = true;
    if (setjmp(after_panic) == 0) {
        fn(arg);
        expects_panic = false;
        fail_msg("no panic; expected one about \"%s\"", text);
    }
    if (!strstr(panic_message, text)) {
        fail_msg("panic \"%s\", expected one about \"%s\"", panic_message,
                 text);
    }
}
