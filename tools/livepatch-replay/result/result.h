/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What came out: suites (what was booted once) of test cases (one step each).
 * Whoever runs steps fills it in; the files beside this one tell it in the
 * forms that people and CI systems read.
 */
#ifndef LIVEPATCH_REPLAY_RESULT_H
#define LIVEPATCH_REPLAY_RESULT_H

#include <stdint.h>

#include "lib/memory.h"

enum verdict {
    VERDICT_UNREACHED, /* not run, because of what came before */
    VERDICT_SKIPPED,   /* does not fit this payload; `why` says it */
    VERDICT_PASSED,
    VERDICT_FAILED, /* because of the payload, or of the caller's check */
    VERDICT_BROKEN, /* machine, hypervisor or QEMU: says nothing of a payload */
};

struct test_case {
    char *name; /* "apply-again": the same in every run */
    char *title;
    enum verdict verdict;
    char *why; /* NULL: nothing to say */
    struct text_list notes;
    double seconds;
};

struct stop {
    char *action; /* "apply", "revert", "replace" */
    uint64_t ns;
};

/* Of the hypervisor's free pages; -1: not known. */
struct free_pages {
    int64_t before, unloaded, after;
};

/* What it was booted on. */
struct booted {
    char *hypervisor; /* its file */
    char *kind;       /* "ours" or "stock" */
    char *accelerator;
    unsigned int nr_cpus;
};

struct suite {
    char *name;
    struct booted machine;
    char *payloads; /* files, separated by blanks */
    struct test_case *cases;
    size_t nr_cases;
    struct stop *stops;
    size_t nr_stops;
    struct free_pages free_pages;
    double seconds;
    char *artifacts; /* folder; NULL: nothing was kept */
};

struct report {
    struct suite *suites;
    size_t nr_suites;
};

/* A suite at the end of the report; it stays there until the next one is added.
 * Takes over neither text. */
struct suite *report_add_suite(struct report *report, const char *name,
                               const char *payloads);

/* On which machine: takes over none of the texts. */
void suite_set_machine(struct suite *suite, const char *hypervisor,
                       const char *kind, const char *accelerator,
                       unsigned int nr_cpus);

/* A case at the suite's end. Takes over neither text. */
struct test_case *suite_add_case(struct suite *suite, const char *name,
                                 const char *title);

/* NULL: there is none of that name. */
struct test_case *suite_find(const struct suite *suite, const char *name);

void suite_add_stop(struct suite *suite, const char *action, uint64_t ns);

/* `why` is copied; NULL: nothing to say. An earlier one is replaced. */
void case_decide(struct test_case *test_case, enum verdict verdict,
                 const char *why);

struct tally {
    size_t nr_passed, nr_failed, nr_broken, nr_skipped; /* or unreached */
};

struct tally suite_tally(const struct suite *suite);

/* Failed, broken, or else passed. */
enum verdict suite_verdict(const struct suite *suite);

/* Shortest, median and longest stop; false: none is known. */
struct stop_range {
    uint64_t shortest_ns, median_ns, longest_ns;
};
bool suite_stop_range(const struct suite *suite, struct stop_range *range);

/* The program's exit status: 1 when a payload failed, else 3 when something
 * broke, else 0. */
int report_status(const struct report *report);

/* Take over all suites of another one, at the end. */
void report_take(struct report *report, struct report *other);

void report_free_suites(struct report *report);

#endif
