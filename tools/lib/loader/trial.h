/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Whether a hypervisor would take a payload, by doing it: those below are
 * loaded and applied, then it is loaded, applied and reverted, and loaded and
 * put in the place of all others (REPLACE). Takes bytes and xen-syms, gives a
 * verdict, and what speaks against and what was not looked at, line by line.
 */
#ifndef TOOLS_LOADER_TRIAL_H
#define TOOLS_LOADER_TRIAL_H

#include "lib/payload_elf.h"

/* `name` is what it would be loaded as, at most 127 bytes long. */
struct trial_payload {
    const char *name;
    const void *bytes;
    size_t nr_bytes;
};

/* Why a payload would be refused. */
struct trial_finding {
    size_t which; /* one of those below; nr_below: the one that is tried */
    const char *request; /* "upload", "apply", "replace", "revert", "unload" */
    int error;           /* a negative errno */
    const char *text;
    /* Stock Xen does not refuse it for that: it goes wrong later or not. */
    bool is_taken_by_stock;
};

/* Lines without a newline; `arg` is the listener's own. */
struct trial_listener {
    void (*finding)(void *arg, const struct trial_finding *finding);
    /* What the verdict does not cover: it is then at best TRIAL_INCOMPLETE. */
    void (*gap)(void *arg, const char *text);
    /* What there is to know beside it. */
    void (*note)(void *arg, const char *text);
    void *arg;
};

struct trial {
    const struct elf_file *xen; /* xen-syms; NULL: there is none, and then */
    struct build_id running;    /* all that is known; or not even that */
    const struct trial_payload *below; /* oldest first; none without xen */
    size_t nr_below;
    struct trial_payload payload;
    bool is_for_replace; /* made for REPLACE: what that needs is required */
    struct trial_listener listener;
};

enum trial_verdict {
    TRIAL_LOADS,      /* and can be applied, or put in the place of others */
    TRIAL_REFUSED,    /* there are findings */
    TRIAL_INCOMPLETE, /* no findings, but gaps */
    TRIAL_FAILED,     /* xen-syms or this machine do not let it; see `err` */
};

enum trial_verdict trial_run(const struct trial *trial, FILE *err);

#endif
