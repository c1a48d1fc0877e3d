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
#include "machine/parts.h"
#include "run/story.h"
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

static const char *name_of(const struct lot *lot, size_t index)
{
    return lot->payloads->items[index].name;
}

/* Names separated by blanks. */
static char *names_of(const struct lot *lot, const size_t *indices, size_t nr)
{
    char *names = must_copy("");

    for (size_t i = 0; i < nr; i++) {
        char *longer = must_format("%s%s%s", names, i > 0 ? " " : "",
                                   name_of(lot, indices[i]));

        free(names);
        names = longer;
    }
    return names;
}

/* Whether a revert spends one of those that are tried. xSplice tells that of
 * each itself; Xen has no word for it. */
static bool is_spent_silently(const struct replay *replay)
{
    const struct lot *lot = replay->lot;
    bool has_own_data = false;

    for (size_t i = 0; i < lot->nr_tried; i++) {
        has_own_data |= lot->payloads->items[lot->tried[i]].has_own_data;
    }
    return has_own_data && strcmp(replay->bench->kind, "stock") == 0;
}

static int write_environment(const struct replay *replay)
{
    char *path = must_format("%s/environment", replay->folder);
    char *steps = plan_for_dom0(replay->suite);
    char *names =
        names_of(replay->lot, replay->lot->tried, replay->lot->nr_tried);
    char *below =
        names_of(replay->lot, replay->lot->below, replay->lot->nr_below);
    FILE *file = fopen(path, "we");
    int rc = -EIO;

    if (file != NULL) {
        fprintf(file,
                "HAS_DISK=\nSTEPS='%s'\nNAMES='%s'\nBELOW='%s'\nACTION=%s\n"
                "CYCLES=%u\nSPENT=%s\n",
                steps, names, below,
                replay->bench->is_replace ? "replace" : "apply",
                replay->bench->nr_cycles,
                is_spent_silently(replay) ? "yes" : "");
        rc = fclose(file) == 0 ? 0 : -errno;
    }
    free(path);
    free(steps);
    free(names);
    free(below);
    return rc;
}

static int write_payloads(const struct replay *replay)
{
    const struct lot *lot = replay->lot;
    char *folder = must_format("%s/payloads", replay->folder);
    char *other = must_format("%s/payloads/other", replay->folder);
    int rc = mkdir(folder, 0777) == 0 && mkdir(other, 0777) == 0 ? 0 : -errno;

    for (size_t i = 0; rc == 0 && i < lot->nr_below; i++) {
        rc = payload_write(&lot->payloads->items[lot->below[i]], folder);
    }
    for (size_t i = 0; rc == 0 && i < lot->nr_tried; i++) {
        const struct payload *payload = &lot->payloads->items[lot->tried[i]];

        rc = payload_write(payload, folder);
        if (rc == 0) {
            rc = payload_write_for_other(payload, other);
            rc = rc == -ENOENT ? 0 : rc; /* it names no hypervisor */
        }
    }
    free(folder);
    free(other);
    return rc;
}

/* False: it cannot be packed, for a reason that was said. */
static bool pack(const struct replay *replay, const char *initramfs)
{
    const struct bench *bench = replay->bench;
    struct text_list words = {0};
    int status;

    text_list_take(&words, parts_path("userland"));
    text_list_add(&words, initramfs);
    text_list_add(&words, bench->boot_folder);
    text_list_add(&words, replay->folder);
    if (bench->check != NULL) {
        text_list_add(&words, bench->check);
        for (size_t i = 0; i < bench->files->nr; i++) {
            text_list_add(&words, bench->files->items[i]);
        }
    }
    status = child_run((const char *const *)words.items, NULL);
    text_list_free(&words);
    return status == 0;
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

static void lay_out_and_boot(struct replay *replay)
{
    char *initramfs = must_format("%s/initramfs", replay->bench->folder);
    int rc = write_environment(replay);

    rc = rc == 0 ? write_payloads(replay) : rc;
    if (rc != 0) {
        char *why = must_format("%s: %s", replay->folder, strerror(-rc));

        break_all(replay, why);
        free(why);
    } else if (!pack(replay, initramfs)) {
        break_all(replay, "what dom0 needs cannot be packed");
    } else {
        boot(replay, initramfs);
        remains_judge(&replay->remains, replay->bench->faults, &replay->story,
                      child_now());
    }
    unlink(initramfs);
    free(initramfs);
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

/* Where this suite's files go: 0 or -errno. */
static int make_folder(struct replay *replay)
{
    const struct bench *bench = replay->bench;
    bool is_kept = bench->artifacts != NULL;

    replay->folder =
        must_format("%s/%s", is_kept ? bench->artifacts : bench->folder,
                    replay->suite->name);
    if (is_kept) {
        folder_remove(replay->folder);
        if (mkdir(bench->artifacts, 0777) != 0 && errno != EEXIST) {
            return -errno;
        }
    }
    return mkdir(replay->folder, 0777) == 0 ? 0 : -errno;
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
                            .is_replace = bench->is_replace};
    double began = child_now();
    int rc;

    plan_suite(suite, &wishes);
    terminal_begin_suite(terminal, suite);
    rc = make_folder(&replay);
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
