/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A suite from its folder to its last verdict: verify, lay out dom0, boot,
 * listen until the machine ends or must be ended, judge its consoles.
 */
#include "run/replay.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "console/follow.h"
#include "machine/child.h"
#include "machine/folder.h"
#include "machine/machine.h"
#include "run/story.h"
#include "run/userland.h"
#include "run/verdict.h"
#include "run/verify.h"

#define PAUSE_NS 20000000L
#define BOOT_PATIENCE 2.0

struct replay {
    const struct bench *bench;
    const struct lot *lot;
    struct suite *suite;
    struct terminal *terminal;
    struct story story;
    struct remains remains;
    char *folder;
};

static void tell(void *arg, const struct test_case *decided)
{
    struct replay *replay = arg;

    terminal_tell_case(replay->terminal, replay->suite, decided);
}

/* The lines that have come. */
static void listen(struct replay *replay, struct follower *channel,
                   double *heard)
{
    char *line;

    while ((line = follow_line(channel)) != NULL) {
        *heard = child_now();
        if (!replay->story.has_started) {
            remains_mark_start(&replay->remains);
        }
        story_hear(&replay->story, line, *heard);
        free(line);
    }
}

/* How long no word may come: a kernel that boots has none for a while. */
static double patience(const struct replay *replay)
{
    return replay->bench->step_seconds *
           (replay->story.has_started ? 1.0 : BOOT_PATIENCE);
}

static enum end watch(struct replay *replay, struct machine *machine,
                      struct follower *channel)
{
    double began = child_now(), heard = began;

    for (;;) {
        bool is_over = machine_is_over(machine);

        listen(replay, channel, &heard);
        if (is_over) {
            return END_BY_ITSELF;
        }
        if (child_interrupted()) {
            return END_INTERRUPTED;
        }
        if (child_now() - began > replay->bench->seconds) {
            return END_OUT_OF_TIME;
        }
        if (child_now() - heard > patience(replay)) {
            return END_SILENT;
        }
        nanosleep(&(struct timespec){.tv_nsec = PAUSE_NS}, NULL);
    }
}

static void boot(struct replay *replay, const char *initramfs)
{
    const struct bench *bench = replay->bench;
    char *socket = must_format("%s/qmp", bench->folder);
    char *kernel = must_format("%s/vmlinuz", bench->boot_folder);
    struct machine_wanted wanted = {
        .kind = bench->kind,
        .hypervisor = bench->hypervisor,
        .kernel = kernel,
        .initramfs = initramfs,
        .accelerator = bench->accelerator,
        .cmdline = bench->cmdline,
        .prefix = replay->remains.prefix,
        .socket = socket,
        .nr_cpus = bench->nr_cpus,
        .mib = bench->mib,
        .seconds = bench->seconds + 3600,
        .root = bench->root,
    };
    struct follower channel = follow(replay->remains.channel);
    struct machine machine;

    if (machine_start(&wanted, &machine) != 0) {
        replay->remains.end = END_NEVER_BEGAN;
    } else {
        replay->remains.end = watch(replay, &machine, &channel);
        if (replay->remains.end == END_SILENT ||
            replay->remains.end == END_OUT_OF_TIME) {
            replay->remains.registers = machine_registers(&machine);
            remains_keep_registers(&replay->remains);
        }
        machine_end(&machine);
        replay->remains.status = machine.status;
        replay->remains.reason = must_copy(machine_reason(&machine));
    }
    machine_free(&machine);
    follow_end(&channel);
    unlink(socket);
    free(socket);
    free(kernel);
}

static void break_all(struct replay *replay, const char *why)
{
    story_break_off(&replay->story, VERDICT_BROKEN, why, child_now());
}

/* Those of all steps, as far as the machine came. */
static void judge_stops(struct replay *replay)
{
    struct test_case *judged = suite_find(replay->suite, STEP_STOPS);
    struct stop_range range;
    char *why = NULL;
    enum verdict verdict = VERDICT_PASSED;

    if (judged == NULL || !replay->story.has_ended) {
        return;
    }
    if (!suite_stop_range(replay->suite, &range)) {
        verdict = VERDICT_SKIPPED;
        why = must_copy("this hypervisor does not tell how long it stops");
    } else if (range.longest_ns >
               replay->bench->stop_limit_ms * UINT64_C(1000000)) {
        verdict = VERDICT_FAILED;
        why = must_format("the CPUs stood still for %.3f ms, and may for %u",
                          (double)range.longest_ns / 1e6,
                          replay->bench->stop_limit_ms);
    }
    story_decide(&replay->story, judged, verdict, why);
    free(why);
}

static void lay_out_and_boot(struct replay *replay)
{
    char *initramfs = must_format("%s/initramfs", replay->bench->folder);
    char *steps = plan_for_dom0(replay->suite);
    char *why = userland_pack(replay->bench, replay->lot, replay->folder, steps,
                              initramfs);

    if (why != NULL) {
        break_all(replay, why);
    } else {
        boot(replay, initramfs);
        judge_stops(replay);
        remains_judge(&replay->remains, replay->bench->faults, &replay->story,
                      child_now());
    }
    unlink(initramfs);
    free(initramfs);
    free(steps);
    free(why);
}

static void verify(struct replay *replay)
{
    struct test_case *verified = suite_find(replay->suite, STEP_VERIFY);
    double began = child_now();
    char *why = NULL;
    enum verdict verdict = verify_lot(replay->bench, replay->lot,
                                      replay->folder, &verified->notes, &why);

    verified->seconds = child_now() - began;
    story_decide(&replay->story, verified, verdict, why);
    free(why);
}

/* Files that went into the machine are the caller's; what it left is kept, when
 * that is wanted or something is wrong. */
static void keep(struct replay *replay)
{
    struct tally tally = suite_tally(replay->suite);
    char *payloads = must_format("%s/payloads", replay->folder);

    folder_remove(payloads);
    free(payloads);
    if (replay->bench->artifacts != NULL) {
        replay->suite->artifacts = must_copy(replay->folder);
    } else if (tally.nr_failed + tally.nr_broken > 0) {
        char *kept =
            must_format("%s.%s", replay->bench->folder, replay->suite->name);

        if (rename(replay->folder, kept) == 0) {
            replay->suite->artifacts = must_copy(kept);
        }
        free(kept);
    }
}

void replay_run(const struct bench *bench, const struct lot *lot,
                struct suite *suite, struct terminal *terminal)
{
    struct replay replay = {
        .bench = bench, .lot = lot, .suite = suite, .terminal = terminal};
    struct wishes wishes = {.has_check = bench->check != NULL,
                            .has_below = lot->nr_below > 0,
                            .has_cycles = bench->nr_cycles > 0,
                            .has_stop_limit = bench->stop_limit_ms > 0,
                            .is_replace = bench->is_replace};
    double began = child_now();
    int rc;

    plan_suite(suite, &wishes);
    terminal_begin_suite(terminal, suite);
    rc = bench_make_folder(bench, suite->name, &replay.folder);
    replay.story = story_begin(suite, child_now());
    replay.story.listener = tell;
    replay.story.listener_arg = &replay;
    if (rc != 0) {
        char *why = must_format("%s: %s", replay.folder, strerror(-rc));

        break_all(&replay, why);
        free(why);
    } else {
        remains_begin(&replay.remains, replay.folder, bench->kind);
        replay.remains.xen_syms = bench->xen_syms;
        verify(&replay);
        replay.story.began = child_now();
        lay_out_and_boot(&replay);
        remains_free(&replay.remains);
        keep(&replay);
    }
    suite->seconds = child_now() - began;
    terminal_tell_unreached(terminal, suite);
    terminal_end_suite(terminal, suite);
    free(replay.folder);
}
