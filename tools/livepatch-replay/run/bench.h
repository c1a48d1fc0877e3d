/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What all suites of a run are made with: the hypervisor, the kernel, the
 * caller's wishes, and a folder for what is needed meanwhile.
 */
#ifndef LIVEPATCH_REPLAY_BENCH_H
#define LIVEPATCH_REPLAY_BENCH_H

#include <stdio.h>

#include "console/faults.h"
#include "input/payload.h"
#include "run/plan.h"

struct bench {
    const char *hypervisor_file; /* as the caller gave it */
    const char *arch;            /* what it is said to be; NULL: nothing said */
    const char *kernel;          /* NULL: what apt gives */
    const char *modules;         /* NULL: none, or those of a package */
    const char *xen_syms;        /* NULL: not given */
    const char *cmdline;
    const char *accelerator; /* "tcg", "kvm"; "auto" until it is set up */
    const char *check;       /* NULL: none */
    const struct text_list *files;
    const char *artifacts; /* NULL: kept only when something went wrong */
    unsigned int nr_cpus, mib, nr_cycles, seconds, step_seconds;
    unsigned int stop_limit_ms; /* 0: none */
    const char *root;           /* dom0's disk; NULL: none */
    bool is_replace;

    char *folder;     /* scratch; gone at the end */
    char *hypervisor; /* the bare image in it */
    const char *kind;
    char *boot_folder; /* kernel, modules, busybox */
    struct faults *faults;
};

/*
 * Fetch and unpack what is to be booted, as the members say that the caller has
 * to set. False after a message on `err`; bench_close() either way.
 */
bool bench_set_up(struct bench *bench, FILE *err);
void bench_close(struct bench *bench);

/* Where the files of one boot go, empty; *folder is to be freed in any case. 0
 * or -errno. */
int bench_make_folder(const struct bench *bench, const char *name,
                      char **folder);

#endif
