/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What verify, with the xen-syms of stock Xen, says in advance of how that one
 * answers to the upload of each payload of the set: a line each, `NAME ANSWER`,
 * where the answer is 0, a negative errno, what must not be tried (`deadly`),
 * or, of a flip that stock Xen takes if nothing else is wrong, `any`.
 *
 * Of what stock Xen takes or may not survive verify says just that; whether it
 * finds another reason to refuse it, or does survive it, is in LIST
 * (stock_answers), and with which other errno it refuses what both refuse.
 * Exit status 1: verify warns of a row that the list does not have, or the list
 * has a pattern that no row fits.
 *
 *     predict XEN-SYMS LIST
 */
#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "broken/set.h"
#include "broken/xen_syms.h"
#include "lib/loader/trial.h"

#define LIST_MAX 128
#define DEADLY "deadly"

/* A line of the list. */
static struct exception {
    char pattern[64];
    char answer[16];
    unsigned int nr_used;
} list[LIST_MAX];
static unsigned int nr_list;

/* What verify says of the upload under way. */
static struct {
    int error;      /* 0: it would load */
    bool is_taken;  /* though not here */
    bool is_deadly; /* perhaps */
} said;

static bool begins(const char *text, const char *beginning)
{
    return !strncmp(text, beginning, strlen(beginning));
}

static void hear_note(void *arg, const char *text)
{
    (void)arg;
    if (said.error) {
        said.is_taken |= begins(text, "stock Xen does not refuse that: ");
        said.is_deadly |= begins(text, "stock Xen may not survive ");
    }
}

static void hear_finding(void *arg, const struct trial_finding *finding)
{
    (void)arg;
    if (!strcmp(finding->request, "upload")) {
        said.error = finding->error;
        said.is_deadly |= begins(finding->text, "stock Xen may not survive ");
    }
}

static void hear_gap(void *arg, const char *text)
{
    (void)arg;
    (void)text;
}

static void ask_verify(const struct elf_file *xen,
                       const struct broken_payload *payload)
{
    const struct trial trial = {
        .xen = xen,
        .payload = {payload->name, payload->bytes, payload->size},
        .listener = {hear_finding, hear_gap, hear_note, NULL},
    };

    memset(&said, 0, sizeof(said));
    if (trial_run(&trial, stderr) == TRIAL_FAILED) {
        exit(2);
    }
}

/* Of a payload that verify has something against. What is deadly is about those
 * that it warns of. */
static const struct exception *find_exception(const char *name)
{
    for (unsigned int i = 0; said.error && i < nr_list; i++) {
        if ((said.is_deadly || strcmp(list[i].answer, DEADLY)) &&
            !fnmatch(list[i].pattern, name, 0)) {
            list[i].nr_used++;
            return &list[i];
        }
    }
    return NULL;
}

/* False: verify warns of a row that the list does not have. */
static bool predict(const struct elf_file *xen, unsigned int i)
{
    const struct exception *exception = NULL;
    struct broken_payload payload;
    bool agrees = true;

    broken_make(i, &payload);
    ask_verify(xen, &payload);
    if (i < broken_nr_rows()) {
        exception = find_exception(payload.name);
        agrees = exception || !said.is_deadly;
    }
    if (exception) {
        printf("%s %s\n", payload.name, exception->answer);
    } else if (said.is_deadly) {
        printf("%s " DEADLY "\n", payload.name);
    } else if (said.is_taken && i >= broken_nr_rows()) {
        printf("%s any\n", payload.name);
    } else {
        printf("%s %d\n", payload.name, said.is_taken ? 0 : said.error);
    }
    if (!agrees) {
        fprintf(stderr, "predict: %s: verify warns, no pattern fits\n",
                payload.name);
    }
    broken_discard(&payload);
    return agrees;
}

static bool read_list(const char *path)
{
    FILE *file = fopen(path, "r");
    char line[256];

    if (!file) {
        perror(path);
        return false;
    }
    while (fgets(line, sizeof(line), file)) {
        struct exception *one = &list[nr_list];

        if (line[0] != '#' && nr_list < LIST_MAX &&
            sscanf(line, "%63s %15s", one->pattern, one->answer) == 2) {
            nr_list++;
        }
    }
    fclose(file);
    return true;
}

/* False: a line of the list is about nothing. */
static bool is_list_used(void)
{
    bool is_used = true;

    for (unsigned int i = 0; i < nr_list; i++) {
        if (!list[i].nr_used) {
            fprintf(stderr, "predict: no row %s\n", list[i].pattern);
            is_used = false;
        }
    }
    return is_used;
}

int main(int argc, char **argv)
{
    struct elf_file xen;
    bool agrees = true;

    if (argc != 3 || !xen_syms_open(argv[1], &xen) || !read_list(argv[2])) {
        fprintf(stderr, "usage: predict XEN-SYMS LIST\n");
        return 2;
    }
    broken_for_stock();
    for (unsigned int i = 0; i < BROKEN_NR; i++) {
        agrees &= predict(&xen, i);
    }
    return agrees & is_list_used() ? 0 : 1;
}
