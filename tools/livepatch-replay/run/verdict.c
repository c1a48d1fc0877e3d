/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The end of a machine, judged. A machine that ends by itself in a step, or is
 * silent, is the payload's doing once dom0 was up; one that was ended from
 * outside, or QEMU that failed, says nothing of the payload.
 */
#include "run/verdict.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "console/backtrace.h"
#include "console/follow.h"
#include "run/plan.h"

#define NR_LAST_LINES 25U
#define PANICKED "dom0's kernel panicked"
#define NR_FAULTS 10U
#define NOT_FOUND 127 /* exit status of a shell, or timeout(1) */

void remains_begin(struct remains *remains, const char *folder,
                   const char *kind)
{
    *remains = (struct remains){
        .prefix = must_format("%s/machine", folder),
        .channel = must_format("%s/machine.channel", folder),
        .serial = must_format("%s/machine.serial", folder),
        .hypervisor = must_format("%s/machine.hypervisor", folder),
        .words = must_format("%s/machine.words", folder),
    };
    remains->console =
        strcmp(kind, "ours") == 0 ? remains->hypervisor : remains->serial;
}

void remains_free(struct remains *remains)
{
    free(remains->prefix);
    free(remains->channel);
    free(remains->serial);
    free(remains->hypervisor);
    free(remains->words);
    free(remains->reason);
    free(remains->registers);
}

static long bytes_of(const char *path)
{
    struct stat stat_now;

    return stat(path, &stat_now) == 0 ? (long)stat_now.st_size : 0;
}

void remains_mark_start(struct remains *remains)
{
    remains->serial_start = bytes_of(remains->serial);
    remains->hypervisor_start = bytes_of(remains->hypervisor);
}

void remains_keep_registers(const struct remains *remains)
{
    char *path = must_format("%s.registers", remains->prefix);
    FILE *file = remains->registers != NULL ? fopen(path, "we") : NULL;

    if (file != NULL) {
        fputs(remains->registers, file);
        fclose(file);
    }
    free(path);
}

/* The last lines of a file, as notes under a heading. */
static void add_last_lines(const char *path, struct text_list *notes)
{
    struct follower follower = follow(path);
    struct text_list lines = {0};
    char *line;

    while ((line = follow_line(&follower)) != NULL) {
        text_list_take(&lines, line);
    }
    follow_end(&follower);
    if (lines.nr > 0) {
        text_list_take(notes, must_format("--- the last lines of %s", path));
    }
    for (size_t i = lines.nr > NR_LAST_LINES ? lines.nr - NR_LAST_LINES : 0;
         i < lines.nr; i++) {
        text_list_add(notes, lines.items[i]);
    }
    text_list_free(&lines);
}

/* What dom0's kernel says last when it gives up; NULL: it has not. */
static char *find_panic(const struct remains *remains)
{
    static const char words[] = "Kernel panic - not syncing";
    struct follower serial = follow(remains->serial);
    char *line, *panic = NULL;

    follow_skip(&serial, remains->serial_start);
    while (panic == NULL && (line = follow_line(&serial)) != NULL) {
        const char *at = strstr(line, words);

        panic = at != NULL ? must_copy(at) : NULL;
        free(line);
    }
    follow_end(&serial);
    return panic;
}

/* What happened, in words, and whether it is the payload's doing. */
static enum verdict read_end(const struct remains *remains, char **why)
{
    const char *reason = remains->reason != NULL ? remains->reason : "";
    char *panic;

    switch (remains->end) {
    case END_NEVER_BEGAN:
        *why = must_copy("there can be no further process");
        return VERDICT_BROKEN;
    case END_INTERRUPTED:
        *why = must_copy("interrupted");
        return VERDICT_BROKEN;
    case END_SILENT:
        *why = must_copy("the machine hangs: dom0 said nothing for as long as "
                         "--step-timeout allows");
        return VERDICT_FAILED;
    case END_OUT_OF_TIME:
        *why = must_copy("not done in the time that --timeout allows");
        return VERDICT_FAILED;
    case END_BY_ITSELF:
        break;
    }
    if (remains->status == NOT_FOUND) {
        *why = must_copy("there is no qemu-system-x86_64 here: install "
                         "qemu-system-x86");
        return VERDICT_BROKEN;
    }
    if (remains->status != 0) {
        *why = must_format("QEMU ended with exit status %d", remains->status);
        return VERDICT_BROKEN;
    }
    panic = find_panic(remains);
    *why = must_format("%s (%s)",
                       panic != NULL ? PANICKED : "the machine went down",
                       panic != NULL     ? panic
                       : *reason != '\0' ? reason
                                         : "QEMU does not say why");
    free(panic);
    return VERDICT_FAILED;
}

static bool is_panic(const char *why)
{
    return strncmp(why, PANICKED, strlen(PANICKED)) == 0;
}

/* Before a payload was there it can have done nothing. */
static bool has_met_payload(const struct story *story)
{
    const struct test_case *reached = story_reached(story);

    return reached == NULL ||
           reached >= suite_find(story->suite, STEP_OTHER_BUILD_ID) ||
           suite_find(story->suite, STEP_BELOW) != NULL;
}

/* The step that was not finished. */
static void judge_step(const struct remains *remains, struct story *story,
                       bool has_met, double now)
{
    struct test_case *reached;
    struct text_list notes = {0};
    enum verdict verdict;
    char *why = NULL;

    if (story->has_ended) {
        return;
    }
    verdict = read_end(remains, &why);
    if (verdict == VERDICT_FAILED && !has_met) {
        verdict = VERDICT_BROKEN;
    }
    if (remains->end == END_BY_ITSELF) {
        add_last_lines(remains->words, &notes);
    }
    add_last_lines(remains->console, &notes);
    if (remains->console != remains->serial &&
        (!story->has_started || is_panic(why))) {
        add_last_lines(remains->serial, &notes);
    }
    if (remains->registers != NULL) {
        text_list_add(&notes, "--- where each CPU is");
        backtrace_add(remains->registers, remains->xen_syms, &notes, stderr);
    }
    reached = story_reached(story);
    for (size_t i = 0; reached != NULL && i < notes.nr; i++) {
        text_list_add(&reached->notes, notes.items[i]);
    }
    text_list_free(&notes);
    story_break_off(story, verdict, why, now);
    free(why);
}

/* The last case, if dom0 came so far that there is something to judge. */
static void judge_consoles(const struct remains *remains,
                           const struct faults *faults, struct story *story,
                           bool has_met)
{
    struct test_case *judged = suite_find(story->suite, STEP_CONSOLES);
    bool is_off = remains->end == END_BY_ITSELF && remains->status == 0 &&
                  remains->reason != NULL &&
                  strcmp(remains->reason, "guest-shutdown") == 0;
    enum verdict verdict = VERDICT_PASSED;
    char *why = NULL;

    if (!story->has_started || !has_met) {
        return;
    }
    faults_find(faults, remains->hypervisor, remains->hypervisor_start,
                NR_FAULTS, &judged->notes);
    faults_find(faults, remains->serial, remains->serial_start, NR_FAULTS,
                &judged->notes);
    if (judged->notes.nr > 0) {
        why = must_copy("a console tells of trouble");
        verdict = VERDICT_FAILED;
    } else if (!is_off && story->has_ended) {
        verdict = read_end(remains, &why);
        if (verdict == VERDICT_FAILED && !has_met) {
            verdict = VERDICT_BROKEN;
        }
    } else if (!is_off) {
        return; /* the step that it ended in tells */
    }
    story_decide(story, judged, verdict, why);
    free(why);
}

void remains_judge(const struct remains *remains, const struct faults *faults,
                   struct story *story, double now)
{
    bool has_met = has_met_payload(story);

    judge_step(remains, story, has_met, now);
    judge_consoles(remains, faults, story, has_met);
}
