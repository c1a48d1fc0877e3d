/* SPDX-License-Identifier: GPL-2.0 */
/* Words of dom0, by a table. */
#include "run/story.h"

#include <stdlib.h>
#include <string.h>

#include "run/plan.h"

struct story story_begin(struct suite *suite, double now)
{
    return (struct story){
        .suite = suite, .current = suite_find(suite, STEP_BOOT), .began = now};
}

void story_decide(struct story *story, struct test_case *decided,
                  enum verdict verdict, const char *why)
{
    case_decide(decided, verdict, why != NULL && *why != '\0' ? why : NULL);
    if (story->listener != NULL) {
        story->listener(story->listener_arg, decided);
    }
}

static void end_current(struct story *story, enum verdict verdict,
                        const char *why, double now)
{
    if (story->current == NULL) {
        story->nr_odd++;
        return;
    }
    story->current->seconds = now - story->began;
    story_decide(story, story->current, verdict, why);
    story->current = NULL;
}

static void hear_start(struct story *story, const char *rest, double now)
{
    (void)rest;
    story->has_started = true;
    end_current(story, VERDICT_PASSED, NULL, now);
}

static void hear_step(struct story *story, const char *rest, double now)
{
    story->current = suite_find(story->suite, rest);
    story->began = now;
    story->nr_odd += story->current == NULL;
}

static void hear_note(struct story *story, const char *rest, double now)
{
    (void)now;
    if (story->current != NULL) {
        text_list_add(&story->current->notes, rest);
    }
}

/* "apply_stop_ns 1234": what it is of, and the number. */
static void hear_value(struct story *story, const char *rest, double now)
{
    static const char suffix[] = "_stop_ns";
    size_t length = strcspn(rest, " ");
    struct free_pages *pages = &story->suite->free_pages;
    char *name = must_copy(rest);
    long long number = 0;

    (void)now;
    name[length] = '\0';
    if (rest[length] == ' ') {
        number = strtoll(rest + length + 1, NULL, 10);
    }
    if (length > strlen(suffix) &&
        strcmp(name + length - strlen(suffix), suffix) == 0) {
        name[length - strlen(suffix)] = '\0';
        suite_add_stop(story->suite, name, (uint64_t)number);
    } else if (strcmp(name, "free_pages_before") == 0) {
        pages->before = number;
    } else if (strcmp(name, "free_pages_unloaded") == 0) {
        pages->unloaded = number;
    } else if (strcmp(name, "free_pages_after") == 0) {
        pages->after = number;
    }
    free(name);
}

static void hear_passed(struct story *story, const char *rest, double now)
{
    end_current(story, VERDICT_PASSED, rest, now);
}

static void hear_failed(struct story *story, const char *rest, double now)
{
    end_current(story, VERDICT_FAILED, rest, now);
}

static void hear_skipped(struct story *story, const char *rest, double now)
{
    end_current(story, VERDICT_SKIPPED, rest, now);
}

static void hear_end(struct story *story, const char *rest, double now)
{
    (void)rest;
    (void)now;
    story->has_ended = true;
}

static const struct {
    const char *word;
    void (*hear)(struct story *story, const char *rest, double now);
} sentences[] = {
    {"start", hear_start},     {"step", hear_step},     {"note", hear_note},
    {"value", hear_value},     {"passed", hear_passed}, {"failed", hear_failed},
    {"skipped", hear_skipped}, {"end", hear_end},
};

void story_hear(struct story *story, const char *line, double now)
{
    size_t length = strcspn(line, " ");

    for (size_t i = 0; i < sizeof(sentences) / sizeof(*sentences); i++) {
        if (strlen(sentences[i].word) == length &&
            strncmp(sentences[i].word, line, length) == 0) {
            sentences[i].hear(story, line + length + (line[length] == ' '),
                              now);
            return;
        }
    }
    story->nr_odd++;
}

/* Not one that a machine is in: judged when it is over. */
static bool is_judged_last(const char *name)
{
    return strcmp(name, STEP_STOPS) == 0 || strcmp(name, STEP_CONSOLES) == 0;
}

struct test_case *story_reached(const struct story *story)
{
    if (story->current != NULL || story->has_ended) {
        return story->current;
    }
    for (size_t i = 0; i < story->suite->nr_cases; i++) {
        struct test_case *next = &story->suite->cases[i];

        if (next->verdict == VERDICT_UNREACHED && !is_judged_last(next->name)) {
            return next;
        }
    }
    return NULL;
}

void story_break_off(struct story *story, enum verdict verdict, const char *why,
                     double now)
{
    struct test_case *reached = story_reached(story);

    if (story->current == NULL) {
        story->began = now;
    }
    if (reached != NULL) {
        story->current = reached;
        end_current(story, story->has_started ? verdict : VERDICT_BROKEN, why,
                    now);
    }
}
