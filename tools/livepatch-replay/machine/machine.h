/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One machine of QEMU's, run by the harness's boot: what it is given, whether
 * it is there still, and how it ended.
 */
#ifndef LIVEPATCH_REPLAY_MACHINE_H
#define LIVEPATCH_REPLAY_MACHINE_H

#include <stdbool.h>
#include <sys/types.h>

#include "machine/qmp.h"

struct machine_wanted {
    const char *kind; /* of the hypervisor: "ours" or "stock" */
    const char *hypervisor;
    const char *kernel;
    const char *initramfs;
    const char *accelerator; /* "tcg" or "kvm" */
    const char *cmdline;
    const char *prefix; /* of the files that boot leaves */
    const char *socket; /* at most 107 bytes; NULL: nobody listens */
    unsigned int nr_cpus;
    unsigned int mib;
    unsigned int seconds; /* an hour more than the caller wants to wait */
    const char *root;     /* a disk, which stays as it is; NULL: none */
    bool has_person;      /* dom0's console is this terminal */
};

struct machine {
    pid_t pid;
    struct qmp *qmp; /* NULL: nobody listens */
    int status;      /* exit status of QEMU, once it is over */
    bool is_over;
};

/* -errno when there can be no further process. *machine must be given to
 * machine_end() once. */
int machine_start(const struct machine_wanted *wanted, struct machine *machine);

/* Looks; gives machine->is_over. */
bool machine_is_over(struct machine *machine);

/* Why it went down (qmp.h); "" when that is not known. */
const char *machine_reason(const struct machine *machine);

/* The registers of its CPUs and the words on their stacks, as QEMU's monitor
 * prints them, to be freed; NULL: no answer. */
char *machine_registers(struct machine *machine);

/* Ends it if it is there still. Idempotent; machine_free() follows. */
void machine_end(struct machine *machine);
void machine_free(struct machine *machine);

#endif
