/* SPDX-License-Identifier: GPL-2.0 */
/* Children by fork() and exec(). */
#include "machine/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PAUSE_NS 20000000L
#define GRACE_SECONDS 5.0

static volatile sig_atomic_t is_interrupted;

static void on_signal(int number)
{
    (void)number;
    is_interrupted = 1;
}

void child_mind_interrupts(void)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = on_signal};

    for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
        sigaction(signals[i], &action, NULL);
    }
    signal(SIGPIPE, SIG_IGN);
}

bool child_interrupted(void)
{
    return is_interrupted != 0;
}

double child_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* In the child: never comes back. */
static void become(const char *const argv[], pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    signal(SIGPIPE, SIG_DFL);
    if (getppid() == parent) {
        execvp(argv[0], (char *const *)(size_t)argv);
    }
    _exit(127);
}

/* In the child. */
static bool take_streams(const char *output)
{
    int in = open("/dev/null", O_RDONLY);
    int out = output != NULL ? open(output, O_WRONLY | O_CREAT | O_TRUNC, 0666)
                             : STDERR_FILENO;

    return in >= 0 && out >= 0 && dup2(in, 0) == 0 && dup2(out, 1) == 1 &&
           (output == NULL || dup2(out, 2) == 2);
}

pid_t child_start(const char *const argv[], const char *output)
{
    pid_t parent = getpid();
    pid_t pid = fork();

    if (pid == 0 && take_streams(output)) {
        become(argv, parent);
    } else if (pid == 0) {
        _exit(127);
    }
    return pid < 0 ? -errno : pid;
}

pid_t child_start_here(const char *const argv[])
{
    pid_t parent = getpid();
    pid_t pid = fork();

    if (pid == 0) {
        become(argv, parent);
    }
    return pid < 0 ? -errno : pid;
}

static bool print_to(const char *path, int stream)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);

    return fd >= 0 && dup2(fd, stream) == stream && close(fd) == 0;
}

pid_t child_work(int (*work)(void *arg), void *arg, const char *output,
                 const char *errors)
{
    pid_t parent = getpid();
    pid_t pid;

    fflush(NULL);
    pid = fork();
    if (pid == 0) {
        int status = 127;

        prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (getppid() == parent && print_to(output, STDOUT_FILENO) &&
            print_to(errors, STDERR_FILENO)) {
            status = work(arg);
        }
        fflush(NULL);
        _exit(status);
    }
    return pid < 0 ? -errno : pid;
}

bool child_is_over(pid_t pid, int *status)
{
    int word;

    if (waitpid(pid, &word, WNOHANG) != pid) {
        return false;
    }
    *status = WIFEXITED(word) ? WEXITSTATUS(word) : 128 + WTERMSIG(word);
    return true;
}

static void pause_shortly(void)
{
    nanosleep(&(struct timespec){.tv_nsec = PAUSE_NS}, NULL);
}

int child_end(pid_t pid)
{
    double began = child_now();
    int status = 0;

    kill(pid, SIGTERM);
    while (!child_is_over(pid, &status)) {
        if (child_now() - began > GRACE_SECONDS) {
            kill(pid, SIGKILL);
        }
        pause_shortly();
    }
    return status;
}

int child_wait(pid_t pid)
{
    int status = 0;

    while (!child_is_over(pid, &status)) {
        if (child_interrupted()) {
            return child_end(pid);
        }
        pause_shortly();
    }
    return status;
}

int child_run(const char *const argv[], const char *output)
{
    pid_t pid = child_start(argv, output);

    return pid < 0 ? 127 : child_wait(pid);
}
