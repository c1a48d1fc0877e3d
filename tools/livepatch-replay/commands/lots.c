/* SPDX-License-Identifier: GPL-2.0 */
/* Lots of payloads, one after the other. */
#include "commands/lots.h"

#include <stdlib.h>
#include <string.h>

#include "commands/run.h"
#include "machine/child.h"
#include "machine/parts.h"
#include "run/replay.h"
#include "run/shell.h"

#define SET_NAME "all-together"

struct run {
    const struct options *options;
    struct bench bench;
    struct payloads payloads; /* of --stack, then the operands */
    struct report *report;
    struct terminal *terminal;
};

static char *paths_of(const struct run *run, const struct lot *lot)
{
    char *paths = must_copy("");

    for (size_t i = 0; i < lot->nr_tried; i++) {
        char *longer = must_format("%s%s%s", paths, i > 0 ? " " : "",
                                   run->payloads.items[lot->tried[i]].path);

        free(paths);
        paths = longer;
    }
    return paths;
}

static void run_lot(struct run *run, const struct lot *lot, const char *name)
{
    char *paths = paths_of(run, lot);
    struct suite *suite = report_add_suite(run->report, name, paths);

    free(paths);
    suite_set_machine(suite, run->options->hypervisor, run->bench.kind,
                      run->bench.accelerator, run->options->nr_cpus);
    replay_run(&run->bench, lot, suite, run->terminal);
}

/* Those of --stack, and of the operands before it those that it lies on. */
static void add_below(const struct run *run, size_t index, struct lot *lot)
{
    size_t nr_stack = run->options->stack.nr;
    size_t chain[64];
    size_t nr_chain = 0;

    for (size_t i = 0; i < nr_stack; i++) {
        lot->below[lot->nr_below++] = i;
    }
    for (size_t at = payloads_below(&run->payloads, index);
         at != index && at >= nr_stack && nr_chain < 64;
         index = at, at = payloads_below(&run->payloads, at)) {
        chain[nr_chain++] = at;
    }
    while (nr_chain > 0) {
        lot->below[lot->nr_below++] = chain[--nr_chain];
    }
}

/* Those of --stack below all operands; the arrays have room for all. */
static struct lot all_of(const struct run *run, size_t *below, size_t *tried)
{
    struct lot lot = {
        .payloads = &run->payloads, .below = below, .tried = tried};

    for (size_t i = 0; i < run->payloads.nr; i++) {
        if (i < run->options->stack.nr) {
            below[lot.nr_below++] = i;
        } else {
            tried[lot.nr_tried++] = i;
        }
    }
    return lot;
}

static void run_lots(struct run *run)
{
    size_t nr_stack = run->options->stack.nr, nr = run->payloads.nr;
    size_t *below = must_alloc(nr * sizeof(*below));
    size_t *tried = must_alloc(nr * sizeof(*tried));

    for (size_t i = nr_stack; i < nr && !child_interrupted(); i++) {
        struct lot lot = {&run->payloads, below, 0, tried, 1};

        tried[0] = i;
        add_below(run, i, &lot);
        run_lot(run, &lot, run->payloads.items[i].name);
    }
    if (nr - nr_stack > 1 && !child_interrupted()) {
        struct lot lot = all_of(run, below, tried);

        run_lot(run, &lot, SET_NAME);
    }
    free(below);
    free(tried);
}

static bool run_shell(struct run *run)
{
    size_t *below = must_alloc(run->payloads.nr * sizeof(*below) + 1);
    size_t *tried = must_alloc(run->payloads.nr * sizeof(*tried) + 1);
    struct lot lot = all_of(run, below, tried);
    bool is_good = shell_run(&run->bench, &lot, stderr);

    free(below);
    free(tried);
    return is_good;
}

static struct bench bench_of(const struct options *options)
{
    return (struct bench){
        .hypervisor_file = options->hypervisor,
        .arch = options->arch,
        .kernel = options->kernel,
        .modules = options->modules,
        .xen_syms = options->xen_syms,
        .cmdline = options->cmdline,
        .accelerator = options->accelerator,
        .check = options->check,
        .files = &options->files,
        .artifacts = options->artifacts,
        .nr_cpus = options->nr_cpus,
        .mib = options->mib,
        .nr_cycles = options->nr_cycles,
        .seconds = options->seconds,
        .step_seconds = options->step_seconds,
        .stop_limit_ms = options->stop_limit_ms,
        .root = options->root,
        .is_replace = options->is_replace,
    };
}

static bool read_payloads(struct run *run)
{
    const struct text_list *lists[] = {&run->options->stack,
                                       &run->options->payloads};
    bool is_good = true;

    for (size_t list = 0; list < 2; list++) {
        for (size_t i = 0; is_good && i < lists[list]->nr; i++) {
            is_good =
                payloads_add(&run->payloads, lists[list]->items[i], stderr);
        }
    }
    return is_good;
}

/* STATUS_PASSED: something can be booted. close_run() either way. */
static int open_run(struct run *run)
{
    run->bench = bench_of(run->options);
    if (!parts_find(stderr)) {
        return STATUS_BROKEN;
    }
    if (!read_payloads(run)) {
        return STATUS_USAGE;
    }
    return bench_set_up(&run->bench, stderr) ? STATUS_PASSED : STATUS_BROKEN;
}

static void close_run(struct run *run)
{
    bench_close(&run->bench);
    payloads_free(&run->payloads);
}

int lots_run(const struct options *options, struct report *report,
             struct terminal *terminal)
{
    struct run run = {
        .options = options, .report = report, .terminal = terminal};
    int status = open_run(&run);

    if (status == STATUS_PASSED) {
        run_lots(&run);
    }
    close_run(&run);
    return status;
}

int lots_shell(const struct options *options)
{
    struct run run = {.options = options};
    int status = open_run(&run);

    if (status == STATUS_PASSED && !run_shell(&run)) {
        status = STATUS_BROKEN;
    }
    close_run(&run);
    return status;
}
