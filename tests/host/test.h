/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a CMocka test program on the host includes first: the framework, and
 * the setup and teardown that every test gets. The teardown fails the test
 * when something is left behind; what the subsystem said goes to stderr.
 */
#ifndef HOST_TEST_H
#define HOST_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <xen/errno.h>

#include "host/console.h"
#include "host/failure.h"
#include "host/fake_text.h"
#include "host/host.h"
#include "host/payload_builder.h"

int host_test_setup(void **state);
int host_test_teardown(void **state);

/*
 * A family of tests: fn once for each row of a table, under the row's name,
 * with the row as its state. A row starts with that name.
 */
#define HOST_MAX_TESTS 2048

struct host_tests {
    struct CMUnitTest test[HOST_MAX_TESTS];
    size_t nr;
};

void host_add_test(struct host_tests *tests, const char *name,
                   CMUnitTestFunction fn, const void *row);

#define host_add_rows(tests, rows, fn)                                         \
    do {                                                                       \
        for (size_t row = 0; row < sizeof(rows) / sizeof((rows)[0]); row++) {  \
            host_add_test(tests, (rows)[row].name, fn, &(rows)[row]);          \
        }                                                                      \
    } while (0)

#define host_add(tests, fn) host_add_test(tests, #fn, fn, NULL)

int host_run(const struct host_tests *tests);

/* The log has a line with this text; shows the log otherwise. */
#define assert_logged(text) host_assert_logged(text, __FILE__, __LINE__)
void host_assert_logged(const char *text, const char *file, int line);

/* fn(arg) panics with a message that holds text. */
void assert_panics(void (*fn)(void *arg), void *arg, const char *text);

#endif
