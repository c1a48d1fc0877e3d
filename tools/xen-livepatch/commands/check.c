/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb check: the judgement for a monitoring system, by a plugin's rules:
 * one line on standard output, and an exit status of its own, 0 OK, 1 WARNING,
 * 2 CRITICAL, 3 UNKNOWN.
 */
#include "commands/commands.h"

#include <errno.h>
#include <stdlib.h>

#include "commands/check_line.h"
#include "judgement/attention_report.h"
#include "judgement/survey.h"
#include "lib/report.h"

/* The statuses of a plugin, which are not those of the other commands. */
#define CHECK_UNKNOWN ((enum outcome)3)

/* Each option that gives a code a level; the last one wins. */
static const struct {
    enum option_id id;
    enum attention_level level;
} weights[] = {
    {OPTION_WARNING, ATTENTION_WARNING},
    {OPTION_CRITICAL, ATTENTION_CRITICAL},
    {OPTION_IGNORE, ATTENTION_NOTE},
};

#define NR_WEIGHTS (sizeof(weights) / sizeof(weights[0]))

static int complain_of_code(const char *word, FILE *err)
{
    fprintf(err, "check: '%s' is no code. There are:\n", word);
    for (unsigned int i = 0; i < NR_ATTENTION_CODES; i++) {
        fprintf(err, "  %-17s %s\n", attention_kinds[i].word,
                attention_kinds[i].meaning);
    }
    return -EINVAL;
}

static int check_codes(const struct options *options, FILE *err)
{
    enum attention_code code;
    const char *word;

    for (size_t i = 0; i < NR_WEIGHTS; i++) {
        for (size_t k = 0; (word = option_value_at(options, weights[i].id, k));
             k++) {
            if (!attention_find(word, &code)) {
                return complain_of_code(word, err);
            }
        }
    }
    return 0;
}

static void weigh(struct judgement *judgement, const struct options *options)
{
    enum attention_code code;
    const char *word;

    for (size_t i = 0; i < NR_WEIGHTS; i++) {
        for (size_t k = 0; (word = option_value_at(options, weights[i].id, k));
             k++) {
            if (attention_find(word, &code)) {
                judgement_weigh(judgement, code, weights[i].level);
            }
        }
    }
}

static enum outcome tell(struct session *session, struct survey *survey)
{
    struct judgement *judgement = &survey->judgement;

    weigh(judgement, &session->options);
    if (session->report) {
        report_add_text(session->report, "status",
                        attention_level_word(judgement_worst(judgement)));
        attention_report(session->report, judgement);
    } else {
        check_line_print(session->out, &survey->facts, judgement);
    }
    return (enum outcome)judgement_worst(judgement);
}

/* The reason goes into the line: a plugin's standard error is seldom read. */
static enum outcome tell_unknown(struct session *session, const char *reason)
{
    if (session->report) {
        report_add_text(session->report, "status", "UNKNOWN");
        report_add_text(session->report, "reason", reason);
    } else {
        check_line_print_unknown(session->out, reason);
    }
    return CHECK_UNKNOWN;
}

static enum outcome take_and_tell(struct session *session)
{
    FILE *err = session->err;
    struct survey survey;
    enum outcome outcome;
    char *reason = NULL;
    size_t nr_bytes;

    session->err = open_memstream(&reason, &nr_bytes);
    if (!session->err) {
        session->err = err;
        return tell_unknown(session, "no memory");
    }
    outcome = survey_take(session, "check", &survey);
    fclose(session->err);
    session->err = err;
    if (outcome == OUTCOME_DONE) {
        fputs(reason ? reason : "", err);
        outcome = tell(session, &survey);
    } else {
        outcome = tell_unknown(session, reason ? reason : "no memory");
    }
    survey_free(&survey);
    free(reason);
    return outcome;
}

enum outcome cmd_check(struct session *session, int nr_args, char **args)
{
    (void)nr_args; /* none, by the table of commands */
    (void)args;
    if (check_codes(&session->options, session->err)) {
        session->code = outcome_code(OUTCOME_BAD_USAGE);
        return CHECK_UNKNOWN;
    }
    return take_and_tell(session);
}
