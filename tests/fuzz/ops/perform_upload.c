// SPDX-License-Identifier: GPL-2.0
/*
 * UPLOAD of a recipe. Where the image lies is read from the log's own line.
 * A file that was broken anywhere may be taken or not; when it is taken, it is
 * unloaded at once.
 */
#include "run.h"

#include <stdlib.h>
#include <string.h>

#include <xen/errno.h>
#include <xen/mm.h>
#include <xen/vmap.h>

#include "host/console.h"
#include "host/guest.h"
#include "host/refusal.h"

#define MOST_FILE_BYTES (2u << 20)

uint64_t nr_loads;

/* From "livepatch: a: loaded: 1 functions, 8192 bytes at 00005555aaaa0000". */
static void read_image(unsigned long *base, unsigned long *pages)
{
    const char *loaded = strstr(host_log(), ": loaded: ");
    const char *comma = loaded ? strchr(loaded, ',') : NULL;
    const char *at = comma ? strstr(comma, " at ") : NULL;

    if (!at) {
        give_up("answers: no line says where the payload was loaded");
    }
    *pages = strtoul(comma + 1, NULL, 10) / PAGE_SIZE;
    *base = strtoul(at + 4, NULL, 16);
}

static void unload_wild(struct run *run, const struct script_step *step,
                        const struct wire_name *name)
{
    struct reasons none = {.nr = 0};
    struct script_step plain = {.version = step->version & 1};
    struct xen_sysctl_livepatch_op op =
        request_start(&plain, XEN_SYSCTL_LIVEPATCH_ACTION, &none);

    op.u.action.name = name->wire;
    op.u.action.cmd = LIVEPATCH_ACTION_UNLOAD;
    request_judge("UNLOAD of a payload broken somewhere",
                  request_send(&plain, &op), &none);
    run->model.nr_changes += 2;
    nr_loads++;
    expect_record(run, LIVEPATCH_ACTION_UNLOAD, name->text, 0);
}

static void note_loaded(struct run *run, const struct wire_name *name,
                        const struct recipe *recipe, uint32_t serial)
{
    struct expected_record *record = &run->record[run->nr_records - 1];
    unsigned long base, pages;

    read_image(&base, &pages);
    model_add(&run->model, name->text, recipe, serial, base, pages);
    run->model.payload[model_find(&run->model, name->text)].number = ++nr_loads;
    run->changes_memory = true;
    record->nr_payloads = 1;
    record->nr_functions = recipe->nr_functions;
}

void upload_put_file(struct xen_sysctl_livepatch_upload *upload,
                     const struct recipe *recipe, uint32_t serial)
{
    struct payload_file file = recipe_bake(recipe, serial);

    upload->size = file.size;
    upload->payload.p = host_guest_put(file.bytes, file.size);
    if (recipe->defect == DEFECT_EMPTY) {
        upload->size = 0;
    } else if (recipe->defect == DEFECT_HUGE) {
        upload->size = MOST_FILE_BYTES + 1ULL + recipe->where;
    } else if (recipe->defect == DEFECT_FAULT) {
        host_guest_break(upload->payload.p + recipe->where, 1);
    }
    payload_file_free(&file);
}

static void judge(struct run *run, const struct wire_name *name,
                  const struct recipe *recipe, int rc, bool has_failed)
{
    struct reasons reasons = {.nr = 0};

    if (has_failed) {
        reasons_add(&reasons, ENOMEM);
    } else if (recipe->defect != DEFECT_WILD) {
        model_check_upload(&run->model, name->text, recipe, &reasons);
    } else {
        return;
    }
    request_judge("UPLOAD", rc, &reasons);
    if (rc && rc != -EFAULT &&
        host_log_errors() != host_refusal_lines(name->text, rc)) {
        give_up("answers: a refused UPLOAD with %u lines that say why",
                host_log_errors());
    }
}

void perform_upload(struct run *run, const struct script_step *step)
{
    const struct wire_name name =
        request_name(request_free_name(&run->model, step->name));
    struct recipe recipe = recipe_decode(&step->upload);
    const uint32_t serial = run->next_serial++;
    struct reasons early = {.nr = 0};
    struct xen_sysctl_livepatch_op op =
        request_start(step, XEN_SYSCTL_LIVEPATCH_UPLOAD, &early);
    bool has_failed;
    int rc;

    if (run->model.loaded.nr == MODEL_PAYLOADS) {
        return;
    }
    model_fill_in(&run->model, &recipe);
    op.u.upload.name = name.wire;
    upload_put_file(&op.u.upload, &recipe, serial);
    note_done("UPLOAD '%s' id %u on %u, %u functions, hooks %#x, defect %u: ",
              name.text ? name.text : "?", recipe.id, recipe.depends,
              recipe.nr_functions, recipe.hooks, recipe.defect);
    rc = request_send_unlucky(step, &op, &has_failed);
    note_done("%d\n", rc);
    if (name.error || name.text[0] == '\0') {
        reasons_add(&early, EINVAL);
    }
    if (early.nr) {
        request_judge("UPLOAD", rc, &early);
        return;
    }
    expect_record(run, LIVEPATCH_EXT_DID_UPLOAD, name.text, rc);
    judge(run, &name, &recipe, rc, has_failed);
    if (rc == 0 && recipe.defect == DEFECT_WILD) {
        unload_wild(run, step, &name);
    } else if (rc == 0) {
        note_loaded(run, &name, &recipe, serial);
    }
}
