/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Programs that this one starts: they end with it, however it ends, and are
 * ended when the run is interrupted.
 */
#ifndef LIVEPATCH_REPLAY_CHILD_H
#define LIVEPATCH_REPLAY_CHILD_H

#include <stdbool.h>
#include <sys/types.h>

/* From now on SIGINT, SIGTERM and SIGHUP only set what child_interrupted()
 * tells. */
void child_mind_interrupts(void);
bool child_interrupted(void);

/* Seconds of a clock that only goes forward. */
double child_now(void);

/*
 * Start argv[0], found in PATH, with nothing to read; what it prints goes to
 * the file `output`, or where this program's own errors go if that is NULL.
 * -errno when there can be no further process.
 */
pid_t child_start(const char *const argv[], const char *output);

/* The same with this program's own terminal, or whatever is in place of it. */
pid_t child_start_here(const char *const argv[]);

/* Whether it is over, and *status then: its exit status, or 128 + the signal
 * that ended it; 127: it could not be started. */
bool child_is_over(pid_t pid, int *status);

/* The same, awaited; an interrupt ends it. */
int child_wait(pid_t pid);

/* SIGTERM; SIGKILL to what is there 5 s later. Its status. */
int child_end(pid_t pid);

/*
 * Start a process that calls work(arg) and ends with the status that it gives;
 * what it prints goes to two files. -errno when there can be none.
 */
pid_t child_work(int (*work)(void *arg), void *arg, const char *output,
                 const char *errors);

/* Start and wait. */
int child_run(const char *const argv[], const char *output);

#endif
