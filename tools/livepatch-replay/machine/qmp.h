/* SPDX-License-Identifier: GPL-2.0 */
/*
 * QEMU's monitor, by QMP over a socket. An answer is waited for 30 s at most: a
 * busy host gives QEMU little time.
 *
 * Source: QEMU Machine Protocol Specification; QEMU QMP Reference Manual.
 */
#ifndef LIVEPATCH_REPLAY_QMP_H
#define LIVEPATCH_REPLAY_QMP_H

#include <stdbool.h>

struct qmp;

/* Of the machine that listens; NULL: it does not, or not yet. */
struct qmp *qmp_open(const char *path);
void qmp_close(struct qmp *qmp); /* NULL is allowed */

/* What a command of the human monitor prints for this CPU, to be freed; NULL:
 * no answer. */
char *qmp_monitor(struct qmp *qmp, const char *command, int cpu);

/* Why the machine went down, as QEMU says it: "guest-shutdown", "guest-reset",
 * "host-signal" ...; NULL: it has not, or not said it. Reads what has come. */
const char *qmp_shutdown_reason(struct qmp *qmp);

#endif
