/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Takes the command's two streams into memory and compares them; keeps payload
 * files in one folder that is removed at the end.
 */
#include "fake/run_command.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "commands/cli.h"
#include "fake/fake_hypervisor.h"

#define NR_WORDS_MAX 80

const unsigned char sample_payload[64] = {0x7f, 'E', 'L',       'F',        2,
                                          1,    1,   [18] = 62, [63] = 0xff};

static struct run last_run;

static int run_words(int nr_words, char **words)
{
    FILE *out = fmemopen(last_run.out, sizeof(last_run.out), "w");
    FILE *err = fmemopen(last_run.err, sizeof(last_run.err), "w");
    int outcome;

    assert_non_null(out);
    assert_non_null(err);
    outcome = (int)cli_run(nr_words, words, out, err);
    fclose(out);
    fclose(err);
    return outcome;
}

const struct run *run_command(const char *word, ...)
{
    char *words[NR_WORDS_MAX] = {0};
    int nr_words = 0;
    va_list list;

    va_start(list, word);
    for (; word; word = va_arg(list, const char *)) {
        assert_true(nr_words < NR_WORDS_MAX);
        words[nr_words++] = (char *)word;
    }
    va_end(list);
    memset(&last_run, 0, sizeof(last_run));
    last_run.outcome = run_words(nr_words, words);
    return &last_run;
}

static int open_terminal(int *other_end)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    int terminal;

    assert_true(master >= 0);
    assert_int_equal(grantpt(master), 0);
    assert_int_equal(unlockpt(master), 0);
    terminal = open(ptsname(master), O_RDWR | O_NOCTTY);
    assert_true(terminal >= 0);
    *other_end = master;
    return terminal;
}

/* What was written comes in pieces; after the last one there is an error. */
static void read_to_end(int other_end)
{
    size_t nr_read = 0;
    ssize_t nr_bytes;

    do {
        nr_bytes = read(other_end, last_run.out + nr_read,
                        sizeof(last_run.out) - 1 - nr_read);
        nr_read += nr_bytes > 0 ? (size_t)nr_bytes : 0;
    } while (nr_bytes > 0);
}

const struct run *run_on_terminal(const char *word, ...)
{
    char *words[NR_WORDS_MAX] = {0};
    int nr_words = 0;
    int other_end;
    FILE *terminal;
    va_list list;

    va_start(list, word);
    for (; word; word = va_arg(list, const char *)) {
        assert_true(nr_words < NR_WORDS_MAX);
        words[nr_words++] = (char *)word;
    }
    va_end(list);
    memset(&last_run, 0, sizeof(last_run));
    terminal = fdopen(open_terminal(&other_end), "w");
    last_run.outcome = (int)cli_run(nr_words, words, terminal, terminal);
    fclose(terminal);
    read_to_end(other_end);
    close(other_end);
    return &last_run;
}

void assert_run(const struct run *run, int outcome, const char *out,
                const char *err)
{
    assert_string_equal(run->err, err);
    assert_string_equal(run->out, out);
    assert_int_equal(run->outcome, outcome);
}

void assert_contains(const char *text, const char *part)
{
    if (!strstr(text, part)) {
        fail_msg("'%s' is not in '%s'", part, text);
    }
}

void assert_lacks(const char *text, const char *part)
{
    if (strstr(text, part)) {
        fail_msg("'%s' is in '%s'", part, text);
    }
}

static char scratch_folder[] = "/tmp/xen-livepatch-test-XXXXXX";

int enter_scratch_folder(void **state)
{
    (void)state;
    return !mkdtemp(scratch_folder) || chdir(scratch_folder);
}

int leave_scratch_folder(void **state)
{
    char command[64];

    (void)state;
    snprintf(command, sizeof(command), "rm -rf %s", scratch_folder);
    return chdir("/") || system(command);
}

void write_file(const char *name, const void *bytes, size_t nr_bytes)
{
    FILE *file = fopen(name, "w");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, nr_bytes, file), nr_bytes);
    assert_int_equal(fclose(file), 0);
}

int start_fake(void **state)
{
    (void)state;
    fake_reset();
    return 0;
}

int finish_fake(void **state)
{
    (void)state;
    fake_verify();
    return 0;
}
