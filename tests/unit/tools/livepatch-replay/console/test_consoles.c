/* SPDX-License-Identifier: GPL-2.0 */
/* A file that grows, by lines; and lines that tell of trouble. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "console/faults.h"
#include "console/follow.h"

static char path[] = "/tmp/test_consoles.XXXXXX";

static void add(const char *text)
{
    FILE *file = fopen(path, "a");

    fputs(text, file);
    fclose(file);
}

static void next_is(struct follower *follower, const char *wanted)
{
    char *line = follow_line(follower);

    assert_non_null(line);
    assert_string_equal(line, wanted);
    free(line);
}

static void lines_come_when_they_are_whole(void **state)
{
    struct follower follower;

    (void)state;
    unlink(path);
    follower = follow(path);
    assert_null(follow_line(&follower));
    add("one\r\ntwo\n\nthr");
    next_is(&follower, "one");
    next_is(&follower, "two");
    next_is(&follower, "");
    assert_null(follow_line(&follower));
    add("ee\n");
    next_is(&follower, "three");
    assert_null(follow_line(&follower));
    follow_end(&follower);
    unlink(path);
}

static void line_longer_than_a_read_comes_whole(void **state)
{
    char *long_line = malloc(10001);
    struct follower follower = follow(path);

    (void)state;
    memset(long_line, 'x', 10000);
    long_line[10000] = '\0';
    add(long_line);
    assert_null(follow_line(&follower));
    add("\nend\n");
    next_is(&follower, long_line);
    next_is(&follower, "end");
    follow_end(&follower);
    free(long_line);
    unlink(path);
}

/* What a payload writes that warns all the time. To move what is left at each
 * line would take minutes. */
static void flood_of_lines_is_read_in_linear_time(void **state)
{
    const size_t nr = 500000;
    struct follower follower = follow(path);
    FILE *file = fopen(path, "w");
    char *line;
    size_t nr_read = 0;

    (void)state;
    for (size_t i = 0; i < nr; i++) {
        fputs("(XEN) once more\n", file);
    }
    fclose(file);
    alarm(60);
    while ((line = follow_line(&follower)) != NULL) {
        nr_read++;
        free(line);
    }
    alarm(0);
    assert_int_equal(nr_read, nr);
    follow_end(&follower);
    unlink(path);
}

static void each_trouble_is_known_and_chatter_is_none(void **state)
{
    static const struct {
        const char *line;
        const char *kind;
    } rows[] = {
        {"(XEN) Panic on CPU 0:", "crash"},
        {"[    2.0] Kernel panic - not syncing: x", "crash"},
        {"(XEN) FATAL PAGE FAULT", "crash"},
        {"(XEN) Xen BUG at common/x.c:1", "crash"},
        {"[    2.0] BUG: unable to handle", "crash"},
        {"[    2.0] Call Trace:", "crash"},
        {"(XEN) Xen WARN at common/x.c:1", "warning"},
        {"(XEN) WARN at common/x.c:1", "warning"},
        {"[    2.0] WARNING: CPU: 0 PID: 1 at x.c:1", "warning"},
        {"[    2.0] INFO: task x:1 blocked for more than 120 seconds.",
         "warning"},
        {"[    2.0] watchdog: BUG: soft lockup - CPU#0", "crash"},
        {"[    2.0] rcu: INFO: rcu_sched detected stall", "warning"},
        {"[    2.0] Uhhuh. NMI received for unknown reason", "warning"},
        {"[    0.0] Command line: console=ttyS0 panic=-1", NULL},
        {"(XEN) livepatch: fix: applied: 1 functions", NULL},
        {"DEBUG of something", NULL},
    };
    struct faults *faults =
        faults_read("tools/livepatch-replay/harness/faults", stderr);

    (void)state;
    assert_non_null(faults);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        const char *kind = faults_kind(faults, rows[i].line);

        if (rows[i].kind == NULL) {
            assert_null(kind);
        } else {
            assert_non_null(kind);
            assert_string_equal(kind, rows[i].kind);
        }
    }
    faults_free(faults);
}

static void what_is_no_pattern_is_refused_with_its_line(void **state)
{
    char *said = NULL;
    size_t nr_said;
    FILE *err = open_memstream(&said, &nr_said);

    (void)state;
    add("# a comment\n\ncrash\tPanic\nwhim\tWarn\n");
    assert_null(faults_read(path, err));
    fclose(err);
    assert_non_null(strstr(said, ":4: not a kind, a tab, a pattern"));
    free(said);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_come_when_they_are_whole),
        cmocka_unit_test(line_longer_than_a_read_comes_whole),
        cmocka_unit_test(flood_of_lines_is_read_in_linear_time),
        cmocka_unit_test(each_trouble_is_known_and_chatter_is_none),
        cmocka_unit_test(what_is_no_pattern_is_refused_with_its_line),
    };

    close(mkstemp(path));
    unlink(path);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
