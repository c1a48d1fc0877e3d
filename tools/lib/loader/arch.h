/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Between the two halves of the loader: xen/common/livepatch with its host,
 * compiled once for each architecture and seen as one table (host/), and what
 * is the same for all of them, which reads files and finds names. Both include
 * this and nothing else of each other.
 */
#ifndef TOOLS_LOADER_ARCH_H
#define TOOLS_LOADER_ARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* [start, end), as it lies in this process. */
struct loader_range {
    uintptr_t start, end;
};

/* How loud a line of the log is: printk()'s levels. */
enum loader_level {
    LOADER_ERROR,
    LOADER_WARNING,
    LOADER_INFO,
    LOADER_DEBUG,
};

/* The hypervisor that payloads are loaded into. */
struct loader_hypervisor {
    struct loader_range image, text, rodata, init, ro_after_init, data;
    struct loader_range nopatch;  /* empty: nothing is the patching path */
    struct loader_range verify;   /* empty: nothing verifies payloads */
    struct loader_range payloads; /* reserved for them, not mapped yet */
    const void *build_id;
    unsigned int build_id_bytes; /* 0: it has none */
    /* The address of a name; 0: there is none, or it is gone after boot. */
    uintptr_t (*find_name)(const char *name);
    /* The name that an address lies behind, its size, the distance; NULL. */
    const char *(*find_address)(uintptr_t address, unsigned long *bytes,
                                unsigned long *offset);
    /* A line of the log, without its newline, and its form: the format of the
     * source that made it, which nothing of a payload is in. */
    void (*log)(enum loader_level level, const char *form, const char *line);
};

/* What code the hypervisor exchanges at boot: by records of two kinds. */
enum loader_exchange {
    LOADER_ALTERNATIVE,
    LOADER_ALTERNATIVE_CALL,
    LOADER_EXCHANGE_NR,
};

enum loader_action {
    LOADER_UNLOAD,
    LOADER_REVERT,
    LOADER_APPLY,
    LOADER_REPLACE,
};

struct loader_arch {
    uint16_t machine;      /* e_machine */
    uint64_t usual_start;  /* where images are linked */
    uint64_t window_bytes; /* from there: the image, then payloads */
    uint16_t always;       /* number of the feature that all CPUs have */
    size_t record_bytes[LOADER_EXCHANGE_NR]; /* 0: there are none */
    /* The code that a record is about. Follows nothing. */
    struct loader_range (*exchanged)(enum loader_exchange kind,
                                     const void *record);
    /* Before the first request; the hypervisor stays while it is used. */
    void (*start)(const struct loader_hypervisor *hypervisor);
    /* What the sysctl answers; of an action also the payload's rc then. */
    int (*upload)(const char *name, const void *bytes, size_t nr_bytes);
    int (*act)(enum loader_action action, const char *name, bool ignores_base);
};

extern const struct loader_arch loader_x86, loader_arm;

#endif
