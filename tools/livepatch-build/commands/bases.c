// SPDX-License-Identifier: GPL-2.0
/*
 * A base's payload is named by the hypervisor that it is for, so that is found
 * out before anything is built; two bases of one hypervisor would be one file.
 */
#include "commands/bases.h"

#include <stdlib.h>
#include <string.h>

#include "commands/base.h"
#include "commands/build_payload.h"
#include "commands/commands.h"
#include "commands/deliver.h"
#include "commands/payload_name.h"
#include "image/image.h"
#include "lib/kept_id.h"
#include "lib/report.h"
#include "run/depends.h"

struct outcome {
    const char *path; /* of the base */
    char id[KEPT_ID_TEXT_BYTES];
    char *output; /* NULL: it did not come so far */
    int status;
};

struct outcomes {
    struct outcome *all;
    size_t nr;
};

static bool id_of_image(const char *path, struct kept_id *id)
{
    struct image *image = NULL;

    if (image_open(path, &image, stderr) != 0) {
        return false;
    }
    *id = kept_id_of(payload_build_id(image_elf(image), SECTION_OWN_ID));
    image_close(image);
    if (!id->nr_bytes) {
        fprintf(stderr,
                "livepatch-build: %s: has no build-id: give xen-depends in the "
                "base's options\n",
                path);
    }
    return id->nr_bytes > 0;
}

/* Which hypervisor the base is. */
static bool find_id(const struct options *options, struct kept_id *id)
{
    struct depends xen;
    bool is_found = false;

    if (depends_read("xen-depends", options->xen_depends, &xen, stderr) == 0) {
        *id = kept_id_of((struct build_id){xen.id, sizeof(xen.id)});
        is_found = xen.is_given || id_of_image(options->xen_syms, id);
    }
    depends_free(&xen);
    return is_found;
}

/* The base that has come before and is of the same hypervisor; NULL. */
static const char *find_twin(const struct outcomes *outcomes,
                             const struct outcome *outcome)
{
    for (const struct outcome *one = outcomes->all; one != outcome; one++) {
        if (strcmp(one->id, outcome->id) == 0) {
            return one->path;
        }
    }
    return NULL;
}

/* That of all bases names the payload. */
static const char *first_patch(const struct options *common,
                               const struct base *base)
{
    return common->patches.nr ? common->patches.items[0]
                              : base->options.patches.items[0];
}

/* Sets what the payload is called and whose it is. */
static bool find_place(const struct options *common,
                       const struct outcomes *outcomes, struct base *base,
                       struct outcome *outcome)
{
    struct kept_id id;
    const char *twin;
    char *name;

    if (!find_id(&base->options, &id)) {
        return false;
    }
    kept_id_format(&id, outcome->id);
    twin = find_twin(outcomes, outcome);
    if (twin) {
        fprintf(stderr,
                "livepatch-build: %s: is the hypervisor of %s, build-id %s\n",
                base->path, twin, outcome->id);
        outcome->id[0] = '\0';
        return false;
    }
    name = common->name ? must_copy(common->name)
                        : payload_name_of(first_patch(common, base));
    outcome->output =
        must_format("%s/%s/%s.livepatch", common->output, outcome->id, name);
    free(name);
    base->options.output = outcome->output;
    base->options.makes_folder = true;
    if (common->keep) {
        text_list_take(&base->own,
                       must_format("%s/%s", common->keep, outcome->id));
        base->options.keep = base->own.items[base->own.nr - 1];
    }
    return true;
}

static void build_one(const struct options *common,
                      const struct outcomes *outcomes, struct outcome *outcome,
                      struct json_object *report)
{
    struct base base;

    /* People look for the base that words are about. */
    fprintf(common->wants_json ? stderr : stdout, "%s:\n", outcome->path);
    fflush(stdout);
    report_add_text(report, "base", outcome->path);
    outcome->status = STATUS_FAILED;
    if (base_read(outcome->path, common, &base, stderr) == 0 &&
        find_place(common, outcomes, &base, outcome)) {
        report_add_text(report, "build_id", outcome->id);
        outcome->status = build_payload(&base.options, report);
    }
    base_free(&base);
    report_add_text(report, "result", deliver_word(outcome->status));
    report_add_number(report, "status", outcome->status);
    if (outcome->status == STATUS_DONE) {
        report_add_text(report, "output", outcome->output);
    }
}

static void print_outcomes(const struct outcomes *outcomes)
{
    int width = 0;

    for (size_t i = 0; i < outcomes->nr; i++) {
        const int bytes = (int)strlen(outcomes->all[i].path);

        width = bytes > width ? bytes : width;
    }
    putchar('\n');
    for (size_t i = 0; i < outcomes->nr; i++) {
        const struct outcome *one = &outcomes->all[i];

        if (one->status == STATUS_DONE) {
            printf("%-*s  %-7s  %s\n", width, one->path,
                   deliver_word(one->status), one->output);
        } else {
            printf("%-*s  %s\n", width, one->path, deliver_word(one->status));
        }
    }
}

static bool has(const struct outcomes *outcomes, int status)
{
    for (size_t i = 0; i < outcomes->nr; i++) {
        if (outcomes->all[i].status == status) {
            return true;
        }
    }
    return false;
}

static int status_of_all(const struct outcomes *outcomes)
{
    const int last = outcomes->all[outcomes->nr - 1].status;

    return last >= 128                     ? last
           : has(outcomes, STATUS_FAILED)  ? STATUS_FAILED
           : has(outcomes, STATUS_REFUSED) ? STATUS_REFUSED
           : has(outcomes, STATUS_DONE)    ? STATUS_DONE
                                           : STATUS_NOTHING;
}

static int tell_all(const struct outcomes *outcomes, struct json_object *report)
{
    const int status = status_of_all(outcomes);

    if (!report) {
        print_outcomes(outcomes);
        return status;
    }
    report_add_number(report, "status", status);
    return report_print(report, stdout) ? STATUS_FAILED : status;
}

/* The folder is the one of its hypervisor. */
static bool is_file_name(const char *name)
{
    return name[0] != '\0' && !strchr(name, '/');
}

int build_for_bases(const struct options *options)
{
    struct json_object *report = options->wants_json ? report_new() : NULL;
    struct json_object *list = report_add_list(report, "bases");
    struct outcomes outcomes = {0};
    int status = STATUS_DONE;

    if (!options->output) {
        fputs("livepatch-build: --output DIR is needed, the folder for "
              "BUILD-ID/NAME.livepatch\n",
              stderr);
        report_free(report);
        return STATUS_USAGE;
    }
    if (options->name && !is_file_name(options->name)) {
        fprintf(stderr,
                "livepatch-build: --name '%s': with --base it names the file "
                "in each hypervisor's folder: it cannot be empty, nor hold "
                "a '/'\n",
                options->name);
        report_free(report);
        return STATUS_USAGE;
    }
    outcomes.all = must_alloc(options->bases.nr * sizeof(*outcomes.all));
    for (size_t i = 0; i < options->bases.nr && status < 128; i++) {
        struct outcome *outcome = &outcomes.all[outcomes.nr++];

        outcome->path = options->bases.items[i];
        build_one(options, &outcomes, outcome, report_list_object(list));
        status = outcome->status;
    }
    status = tell_all(&outcomes, report);
    for (size_t i = 0; i < outcomes.nr; i++) {
        free(outcomes.all[i].output);
    }
    free(outcomes.all);
    report_free(report);
    return status;
}
