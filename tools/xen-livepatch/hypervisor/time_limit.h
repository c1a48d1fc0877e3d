/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A call into a library that may sleep for ever, ended by a signal when it
 * takes too long.
 */
#ifndef XEN_LIVEPATCH_TIME_LIMIT_H
#define XEN_LIVEPATCH_TIME_LIMIT_H

/*
 * Call run(closure), which gives 0 or -errno, -EINTR when a signal ended it.
 * Gives what it gives, or -ETIMEDOUT when it was SIGALRM after `seconds`. The
 * handler of SIGALRM and the process's real-time timer are borrowed meanwhile.
 */
int time_limit_run(unsigned int seconds, int (*run)(void *closure),
                   void *closure);

#endif
