/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Lines, run side by side: a process each, whose report is read when it is
 * over. What could not be replayed at all is a suite with one broken case.
 */
#include "commands/matrix.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "commands/matrix_line.h"
#include "commands/run.h"
#include "console/follow.h"
#include "machine/child.h"
#include "machine/folder.h"
#include "result/json.h"

#define PAUSE_NS 20000000L
#define STEP_SET_UP "set-up"

struct job {
    struct matrix_line line;
    char *output; /* its report */
    char *errors; /* its words */
    pid_t pid;    /* 0: not begun */
    bool is_over;
    int status;
    struct report report;
};

struct matrix {
    const struct options *options;
    char *folder; /* scratch */
    struct job *jobs;
    size_t nr;
    struct terminal *terminal;
};

static bool has_name(const struct matrix *matrix, const char *name)
{
    for (size_t i = 0; i < matrix->nr; i++) {
        if (strcmp(matrix->jobs[i].line.name, name) == 0) {
            return true;
        }
    }
    return false;
}

static void add_job(struct matrix *matrix, const struct matrix_line *line)
{
    struct job job = {.line = *line};
    char *name = must_copy(line->name);

    for (unsigned int number = 2; has_name(matrix, name); number++) {
        free(name);
        name = must_format("%s-%u", line->name, number);
    }
    free(job.line.name);
    job.line.name = name;
    job.output = must_format("%s/%s.json", matrix->folder, name);
    job.errors = must_format("%s/%s.words", matrix->folder, name);
    matrix->jobs =
        must_resize(matrix->jobs, matrix->nr + 1, sizeof(*matrix->jobs));
    matrix->jobs[matrix->nr++] = job;
}

static int read_lines(struct matrix *matrix, FILE *file)
{
    size_t room = 0, number = 0;
    char *text = NULL;
    int rc = 0;

    while (rc >= 0 && getline(&text, &room, file) >= 0) {
        struct matrix_line line;

        number++;
        text[strcspn(text, "\n")] = '\0';
        rc = matrix_line_parse(matrix->options, text, &line, stderr);
        if (rc == 1) {
            add_job(matrix, &line);
        } else if (rc < 0) {
            fprintf(stderr, "livepatch-replay: %s:%zu: that line\n",
                    matrix->options->matrix, number);
        }
    }
    free(text);
    if (rc >= 0 && matrix->nr == 0) {
        fprintf(stderr, "livepatch-replay: %s: no line says what to replay\n",
                matrix->options->matrix);
        rc = -EINVAL;
    }
    return rc < 0 ? STATUS_USAGE : STATUS_PASSED;
}

static int read_matrix(struct matrix *matrix)
{
    const char *path = matrix->options->matrix;
    FILE *file = fopen(path, "re");
    int status = STATUS_USAGE;

    if (file == NULL) {
        fprintf(stderr, "livepatch-replay: %s: %m\n", path);
    } else {
        status = read_lines(matrix, file);
        fclose(file);
    }
    return status;
}

/* In the process of the line. */
static int work(void *arg)
{
    struct job *job = arg;
    struct options *options = &job->line.options;

    options->wants_json = true;
    if (options->artifacts != NULL) {
        if (mkdir(options->artifacts, 0777) != 0 && errno != EEXIST) {
            fprintf(stderr, "livepatch-replay: %s: %m\n", options->artifacts);
            return STATUS_BROKEN;
        }
        options->artifacts =
            must_format("%s/%s", options->artifacts, job->line.name);
    }
    return run_all(options);
}

static void add_words(const struct job *job, struct test_case *told)
{
    struct follower words = follow(job->errors);
    char *line;

    while ((line = follow_line(&words)) != NULL) {
        text_list_take(&told->notes, line);
    }
    follow_end(&words);
}

/* It has no suite, or this process could not begin it. */
static void add_broken(struct job *job, const char *why)
{
    const struct options *options = &job->line.options;
    struct suite *suite = report_add_suite(
        &job->report, STEP_SET_UP,
        options->payloads.nr > 0 ? options->payloads.items[0] : "");
    struct test_case *told =
        suite_add_case(suite, STEP_SET_UP, "what is to be booted can be had");

    suite_set_machine(suite, options->hypervisor, "", options->accelerator,
                      options->nr_cpus);
    add_words(job, told);
    case_decide(told, VERDICT_BROKEN, why);
}

/* Its suites, under the names that the whole report has them by. */
static void take_report(struct matrix *matrix, struct job *job, const char *why)
{
    if (why != NULL || json_read(job->output, &job->report) != 0 ||
        job->report.nr_suites == 0) {
        add_broken(job, why != NULL ? why : "it could not be begun");
    }
    for (size_t i = 0; i < job->report.nr_suites; i++) {
        struct suite *suite = &job->report.suites[i];
        char *name = must_format("%s/%s", job->line.name, suite->name);

        free(suite->name);
        suite->name = name;
        terminal_begin_suite(matrix->terminal, suite);
        for (size_t at = 0; at < suite->nr_cases; at++) {
            terminal_tell_case(matrix->terminal, suite, &suite->cases[at]);
        }
        terminal_end_suite(matrix->terminal, suite);
    }
    job->is_over = true;
}

static void begin(struct matrix *matrix, struct job *job)
{
    job->pid = child_work(work, job, job->output, job->errors);
    if (job->pid < 0) {
        take_report(matrix, job, "there can be no further process");
    }
}

/* Look at each once: how many are running, and whether one is to come. */
static size_t go_on(struct matrix *matrix, bool *is_more)
{
    size_t nr_running = 0;

    *is_more = false;
    for (size_t i = 0; i < matrix->nr; i++) {
        struct job *job = &matrix->jobs[i];

        if (job->pid > 0 && !job->is_over &&
            child_is_over(job->pid, &job->status)) {
            take_report(matrix, job, NULL);
        }
        nr_running += job->pid > 0 && !job->is_over;
    }
    for (size_t i = 0; i < matrix->nr; i++) {
        struct job *job = &matrix->jobs[i];

        if (job->pid == 0 && nr_running < matrix->options->nr_jobs) {
            begin(matrix, job);
            nr_running += !job->is_over;
        }
        *is_more = *is_more || job->pid == 0;
    }
    return nr_running;
}

/* Those that run end by themselves once they are asked to. */
static void break_off(struct matrix *matrix)
{
    for (size_t i = 0; i < matrix->nr; i++) {
        struct job *job = &matrix->jobs[i];

        if (job->pid > 0 && !job->is_over) {
            job->status = child_end(job->pid);
            take_report(matrix, job, NULL);
        } else if (job->pid == 0) {
            take_report(matrix, job, "interrupted");
        }
    }
}

static void run_jobs(struct matrix *matrix)
{
    bool is_more = true;

    while ((go_on(matrix, &is_more) > 0 || is_more) && !child_interrupted()) {
        nanosleep(&(struct timespec){.tv_nsec = PAUSE_NS}, NULL);
    }
    break_off(matrix);
}

/* In the order of the lines, whichever was over first. */
static void hand_over(struct matrix *matrix, struct report *report)
{
    for (size_t i = 0; i < matrix->nr; i++) {
        struct job *job = &matrix->jobs[i];

        report_take(report, &job->report);
        matrix_line_free(&job->line);
        free(job->output);
        free(job->errors);
    }
    free(matrix->jobs);
}

int matrix_run(const struct options *options, struct report *report,
               struct terminal *terminal)
{
    struct matrix matrix = {.options = options,
                            .folder = folder_make_scratch(stderr),
                            .terminal = terminal};
    int status;

    if (matrix.folder == NULL) {
        return STATUS_BROKEN;
    }
    status = read_matrix(&matrix);
    if (status == STATUS_PASSED) {
        run_jobs(&matrix);
    }
    hand_over(&matrix, report);
    folder_remove(matrix.folder);
    free(matrix.folder);
    return status;
}
