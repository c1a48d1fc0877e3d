// SPDX-License-Identifier: GPL-2.0
/*
 * A child process that reports its last words through a pipe.
 */
#include "unit.h"
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"

#define ENDED_STATUS 42

static int report = STDERR_FILENO;

void child_end(const char *text)
{
    const ssize_t length = strlen(text);

    _exit(write(report, text, length) == length ? ENDED_STATUS : 1);
}

static void read_all(int from, char *text, size_t size)
{
    size_t length = 0;
    ssize_t nr;

    while ((nr = read(from, text + length, size - 1 - length)) > 0) {
        length += nr;
    }
    text[length] = '\0';
}

void run_child(void (*body)(void), char *text, size_t size)
{
    int ends[2];
    int status;
    pid_t child;

    assert_int_equal(pipe(ends), 0);
    child = fork();
    if (child == 0) {
        report = ends[1];
        body();
        _exit(0);
    }
    close(ends[1]);
    read_all(ends[0], text, size);
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), ENDED_STATUS);
}
