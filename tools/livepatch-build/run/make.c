// SPDX-License-Identifier: GPL-2.0
/*
 * Choose, write, try, save: each only if the one before it went well.
 */
#include "run/make.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/memory.h"
#include "build/tree_copy.h"
#include "image/version.h"
#include "lib/loader/trial.h"
#include "lib/payload_mark.h"
#include "run/expect.h"
#include "write/payload.h"

static void hear_finding(void *arg, const struct trial_finding *finding)
{
    findings_add(arg, &(struct finding){
                          .kind = FINDING_REFUSED,
                          .object = "payload",
                          .reason = finding->text,
                          .remedy = "the hypervisor would not load it",
                      });
}

static void hear_gap(void *arg, const char *text)
{
    findings_add(arg, &(struct finding){.kind = FINDING_WARNING,
                                        .object = "payload",
                                        .reason = text});
}

static void hear_note(void *arg, const char *text)
{
    findings_add(arg, &(struct finding){.kind = FINDING_IGNORED,
                                        .object = "payload",
                                        .reason = text});
}

static enum make_result try_payload(const struct make_request *request,
                                    const struct payload_file *file,
                                    struct findings *findings, FILE *err)
{
    const struct trial_payload below = {
        .name = "below",
        .bytes = request->below ? request->below->bytes : NULL,
        .nr_bytes = request->below ? request->below->nr_bytes : 0,
    };
    const struct trial trial = {
        .xen = image_elf(request->image),
        .below = &below,
        .nr_below = request->below ? 1 : 0,
        .payload = {request->name, file->bytes, file->nr_bytes},
        .is_for_replace = request->wants_replace,
        .listener = {hear_finding, hear_gap, hear_note, findings},
    };

    switch (trial_run(&trial, err)) {
    case TRIAL_LOADS:
    case TRIAL_INCOMPLETE:
        return MAKE_DONE;
    case TRIAL_REFUSED:
        return MAKE_REFUSED;
    default:
        return MAKE_FAILED;
    }
}

static void set_form(const struct make_request *request, struct plan *plan)
{
    const unsigned char *xen = request->xen_depends
                                   ? request->xen_depends
                                   : image_build_id(request->image);

    memcpy(plan->xen_depends, xen, PLAN_ID_BYTES);
    memcpy(plan->depends, request->depends ? request->depends : xen,
           PLAN_ID_BYTES);
    plan->metadata = request->metadata;
    plan->nr_metadata = request->nr_metadata;
    plan->has_writable_funcs =
        request->wants_writable_funcs || image_writes_entries(request->image);
}

/* A folder that was made for a file that could not be written goes again; one
 * with something in it stays. */
static int save(const struct make_request *request,
                const struct payload_file *file, FILE *err)
{
    char *folder = must_copy(request->output);
    char *slash = strrchr(folder, '/');
    int rc = 0;

    if (request->makes_folder && slash) {
        *slash = '\0';
        rc = make_folders(folder);
        if (rc) {
            fprintf(err, "livepatch-build: %s: %s\n", folder, strerror(-rc));
        }
    }
    if (!rc) {
        rc = payload_save(request->output, file, err);
        if (rc && request->makes_folder) {
            rmdir(folder);
        }
    }
    free(folder);
    return rc;
}

/* What has been tried has its digest; the hypervisor's keys are not known. */
static int sign(const struct make_request *request, struct payload_file *file,
                FILE *err)
{
    return request->key ? payload_mark(request->output, file, request->key, err)
                        : 0;
}

enum make_result make_payload(const struct make_request *request,
                              struct plan *plan, struct findings *findings,
                              FILE *err)
{
    const struct choose_request choice = {
        .objects = request->comparison->objects,
        .nr_objects = request->comparison->nr,
        .image = request->image,
        .ignores_init = request->ignores_init,
    };
    struct payload_file file;
    enum make_result result;

    switch (choose(&choice, plan, findings)) {
    case CHOICE_REFUSED:
        return MAKE_REFUSED;
    case CHOICE_NOTHING:
        return MAKE_NOTHING;
    case CHOICE_PLAN:
        break;
    }
    if (!request->output) {
        return MAKE_DONE;
    }
    set_form(request, plan);
    if ((request->wants_expectations &&
         expect_beginnings(plan, request->image, findings, err)) ||
        payload_make(plan, &file, err)) {
        return MAKE_FAILED;
    }
    result = MAKE_FAILED;
    if (!payload_mark(request->output, &file, NULL, err)) {
        result = try_payload(request, &file, findings, err);
    }
    if (result == MAKE_DONE &&
        (sign(request, &file, err) || save(request, &file, err))) {
        result = MAKE_FAILED;
    }
    payload_file_free(&file);
    return result;
}
