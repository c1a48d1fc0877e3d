/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Keeps every CPU of dom0 busy and shows that each one goes on: a process
 * pinned to each CPU counts without end in its own word of a shared file.
 *
 *     busy run FILE    start the loops; runs until it is killed
 *     busy show FILE   print the counts, one line for each CPU
 *
 * Judging the counts is the caller's job.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void die(const char *what)
{
    fprintf(stderr, "busy: %s: %s\n", what, strerror(errno));
    exit(1);
}

static long online_cpus(void)
{
    return sysconf(_SC_NPROCESSORS_ONLN);
}

/* One 64 bit word for each CPU. The mapping lives as long as the process. */
static volatile uint64_t *map_counts(const char *path, int flags)
{
    size_t bytes = (size_t)online_cpus() * sizeof(uint64_t);
    int fd = open(path, flags, 0600);
    void *counts;

    if (fd < 0 || ((flags & O_CREAT) && ftruncate(fd, (off_t)bytes))) {
        die(path);
    }
    counts = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (counts == MAP_FAILED) {
        die(path);
    }
    close(fd);
    return counts;
}

static void count_on(long cpu, volatile uint64_t *count)
{
    cpu_set_t set;

    CPU_ZERO(&set);
    CPU_SET((size_t)cpu, &set);
    if (sched_setaffinity(0, sizeof(set), &set)) {
        die("sched_setaffinity");
    }
    for (;;) {
        (*count)++;
    }
}

static void run(const char *path)
{
    volatile uint64_t *counts = map_counts(path, O_RDWR | O_CREAT | O_TRUNC);
    long cpu;

    for (cpu = 0; cpu < online_cpus(); cpu++) {
        pid_t child = fork();

        if (child < 0) {
            die("fork");
        }
        if (!child) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            count_on(cpu, &counts[cpu]);
        }
    }
    wait(NULL);
    fprintf(stderr, "busy: a loop ended\n");
    exit(1);
}

static void show(const char *path)
{
    volatile uint64_t *counts = map_counts(path, O_RDWR);
    long cpu;

    for (cpu = 0; cpu < online_cpus(); cpu++) {
        printf("%" PRIu64 "\n", counts[cpu]);
    }
}

int main(int argc, char **argv)
{
    if (argc == 3 && !strcmp(argv[1], "run")) {
        run(argv[2]);
    } else if (argc == 3 && !strcmp(argv[1], "show")) {
        show(argv[2]);
    } else {
        fprintf(stderr, "usage: busy run|show FILE\n");
        return 2;
    }
    return 0;
}
