/* SPDX-License-Identifier: GPL-2.0 */
/* Running a command and waiting for its end. */
#include "build/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "build/interrupt.h"

#define TICK_MS 250
#define PATIENCE_TICKS 20 /* before what was asked to end is killed */

/* In the child: never comes back. */
static void become(const struct child *child, int output)
{
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);

    prctl(PR_SET_PDEATHSIG, SIGTERM);
    setpgid(0, 0);
    dup2(nothing, STDIN_FILENO);
    dup2(output >= 0 ? output : nothing, STDOUT_FILENO);
    dup2(output >= 0 ? output : nothing, STDERR_FILENO);
    if (child->folder != NULL && chdir(child->folder) != 0) {
        dprintf(STDERR_FILENO, "%s: %s\n", child->folder, strerror(errno));
        _exit(126);
    }
    if (child->environment != NULL) {
        environ = child->environment->items;
    }
    execvp(child->words[0], child->words);
    dprintf(STDERR_FILENO, "%s: %s\n", child->words[0], strerror(errno));
    _exit(127);
}

/* Wait for the end; asked to stop, ask the group, then make it. */
static int wait_for(const struct child *child, pid_t pid, int pidfd)
{
    struct pollfd end = {.fd = pidfd, .events = POLLIN};
    int status = 0, patience = PATIENCE_TICKS;

    while (poll(&end, 1, TICK_MS) <= 0) {
        if (interrupt_signal() != 0) {
            kill(-pid, patience-- > 0 ? SIGTERM : SIGKILL);
        } else if (child->tick != NULL) {
            child->tick(child->opaque);
        }
    }
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (interrupt_signal() != 0) {
        kill(-pid, SIGKILL); /* what of the group is left */
        return -EINTR;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int run_into(const struct child *child, int output)
{
    pid_t pid = fork();
    int pidfd, rc;

    if (pid == 0) {
        become(child, output);
    }
    if (pid < 0) {
        return -errno;
    }
    setpgid(pid, pid); /* also here: whoever comes first */
    pidfd = pidfd_open(pid, 0);
    if (pidfd < 0) {
        rc = -errno;
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
        return rc;
    }
    rc = wait_for(child, pid, pidfd);
    close(pidfd);
    return rc;
}

int child_run(const struct child *child)
{
    int output = -1, rc;

    if (child->output != NULL) {
        output = open(child->output, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC,
                      0644);
        if (output < 0) {
            return -errno;
        }
    }
    rc = run_into(child, output);
    if (output >= 0) {
        close(output);
    }
    return rc;
}

int child_read(char *const *words, char **said)
{
    struct child child = {.words = words};
    int output = memfd_create("output", MFD_CLOEXEC), rc;
    off_t bytes;

    if (output < 0) {
        return -EIO;
    }
    rc = run_into(&child, output);
    bytes = lseek(output, 0, SEEK_END);
    *said = must_alloc((size_t)(bytes > 0 ? bytes : 0) + 1);
    if (bytes > 0 && pread(output, *said, (size_t)bytes, 0) != bytes) {
        rc = -EIO;
    }
    close(output);
    return rc == 0 || rc == -EINTR ? rc : -EIO;
}
