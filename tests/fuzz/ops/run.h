/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One input being run: the model, what is expected of the history and of the
 * account of stops, and what has been done so far, for the report when the
 * hypervisor and the model disagree. A perform_*() carries out one step: asks
 * the model, sends the request, compares the answers, and leaves the model as
 * the hypervisor should be now; the invariants are looked at afterwards.
 */
#ifndef FUZZ_OPS_RUN_H
#define FUZZ_OPS_RUN_H

#include <public/livepatch_ext.h>
#include <public/sysctl.h>

#include "model.h"
#include "script.h"

/* What the history should say of a request. */
struct expected_record {
    uint32_t cmd;
    int rc;
    char name[XEN_LIVEPATCH_NAME_SIZE];
    unsigned int nr_payloads, nr_functions; /* 0: whatever */
    bool has_stopped, is_late;
    bool is_optional;
};

struct run {
    struct model model;
    uint32_t next_serial;
    uint32_t first_version; /* of the list, when the input began */
    uint64_t next_record;   /* number of the next record of the history */
    uint64_t nr_stops, nr_missed;
    unsigned int nr_records; /* of this step */
    struct expected_record record[2];
    bool changes_memory; /* this step may */
    unsigned long heap, pages;
};

/* The hypervisor is not as it should be: says so with all that was done, and
 * aborts. */
void give_up(const char *format, ...)
    __attribute__((__noreturn__, format(printf, 1, 2)));

/* Of this input so far, for that report. */
void note_start(void);
void note_done(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* ---- requests (request.c) ----------------------------------------------- */

struct wire_name {
    const char *text; /* as the hypervisor should read it */
    int error;        /* 0, EINVAL or EFAULT */
    struct xen_livepatch_name wire;
};

/* Choices up to CHOOSE_WRONG are good names. */
struct wire_name request_name(uint8_t choice);

/* The choice that stands for a payload's name. */
uint8_t request_choice_of(const struct model_payload *payload);

/* From a fitting choice to a name's own: of a loaded payload, or of none. */
uint8_t request_loaded_name(const struct model *model, uint8_t choice);
uint8_t request_free_name(const struct model *model, uint8_t choice);

/* Request and version as the step has it; *reasons: faulty flags. */
struct xen_sysctl_livepatch_op request_start(const struct script_step *step,
                                             uint32_t cmd,
                                             struct reasons *reasons);
uint32_t request_version(const struct script_step *step);
int request_send(const struct script_step *step,
                 struct xen_sysctl_livepatch_op *op);

/* Sends it while the service that the step's luck names fails; *has_failed:
 * it was asked for. */
int request_send_unlucky(const struct script_step *step,
                         struct xen_sysctl_livepatch_op *op, bool *has_failed);

/* Whether the step wants a pCPU to be late. */
bool request_is_late(const struct script_step *step);

/* The answer is one that the reasons allow: 0 when there are none. */
void request_judge(const char *what, int rc, const struct reasons *reasons);

uint32_t request_timeout(uint8_t choice);

/* ---- steps -------------------------------------------------------------- */

void perform_upload(struct run *run, const struct script_step *step);
void perform_action(struct run *run, const struct script_step *step);
void perform_set(struct run *run, const struct script_step *step);
void perform_get(struct run *run, const struct script_step *step);
void perform_list(struct run *run, const struct script_step *step);
void perform_history(struct run *run, const struct script_step *step);
void perform_telemetry(struct run *run, const struct script_step *step);
void perform_unknown(struct run *run, const struct script_step *step);
void perform_key(struct run *run, const struct script_step *step);

void perform_payloads(struct run *run, const struct script_step *step);
void perform_dry_upload(struct run *run, const struct script_step *step);
void perform_dry_action(struct run *run, const struct script_step *step);

/* Loads so far in this process: the number of the newest. */
extern uint64_t nr_loads;

/* PAYLOADS of everything: each payload is as the model has it. */
void check_payloads(const struct run *run);

/* The file of a recipe, in guest memory, and the size that is said. */
void upload_put_file(struct xen_sysctl_livepatch_upload *upload,
                     const struct recipe *recipe, uint32_t serial);

/* A record that the history should have after this step. */
struct expected_record *expect_record(struct run *run, uint32_t cmd,
                                      const char *name, int rc);

/* ---- invariants (invariants.c) ------------------------------------------ */

/* Learns where the counters stand. Nothing is loaded. */
void invariants_start(struct run *run);

/* Everything that must hold between two requests. */
void invariants_check(struct run *run);

/* What must hold when nothing is loaded. */
void invariants_check_end(struct run *run);

#endif
