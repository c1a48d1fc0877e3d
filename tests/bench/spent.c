// SPDX-License-Identifier: GPL-2.0
/*
 * Runs a command and prints what it has spent: seconds of processor time, and
 * the most MiB of memory that it had at a time. Its output is thrown away; its
 * exit status is that of the command.
 *
 *     spent COMMAND [WORD...]
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

int main(int argc, char **argv)
{
    struct rusage spent;
    int status;
    pid_t child;

    if (argc < 2) {
        fputs("usage: spent COMMAND [WORD...]\n", stderr);
        return 2;
    }
    child = fork();
    if (child == 0) {
        dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
        execvp(argv[1], argv + 1);
        perror(argv[1]);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &spent) != child) {
        perror("spent");
        return 1;
    }
    printf("%.2f %.1f\n", seconds(spent.ru_utime) + seconds(spent.ru_stime),
           (double)spent.ru_maxrss / 1024);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
