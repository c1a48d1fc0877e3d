// SPDX-License-Identifier: GPL-2.0
/*
 * Sequences of requests. An input is a row of steps (ops/script.h); each is
 * sent to the subsystem and to a model of what it should do (ops/model.h), and
 * after each all that must hold is looked at (ops/invariants.c). At the end
 * everything is reverted and unloaded, by the same rules.
 */
#include <stdlib.h>
#include <string.h>

#include "beside.h"
#include "host/clock.h"
#include "host/guest.h"
#include "host/host.h"
#include "ops/run.h"
#include "ops/seeds.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

typedef void perform_fn(struct run *run, const struct script_step *step);

static perform_fn *const perform[VERB_NR] = {
    [VERB_UPLOAD] = perform_upload,
    [VERB_ACTION] = perform_action,
    [VERB_SET] = perform_set,
    [VERB_GET] = perform_get,
    [VERB_LIST] = perform_list,
    [VERB_HISTORY] = perform_history,
    [VERB_TELEMETRY] = perform_telemetry,
    [VERB_UNKNOWN] = perform_unknown,
    [VERB_KEY] = perform_key,
    [VERB_PAYLOADS] = perform_payloads,
    [VERB_DRY_UPLOAD] = perform_dry_upload,
    [VERB_DRY_ACTION] = perform_dry_action,
};

static struct run run;

static void take_step(const struct script_step *step)
{
    perform[step->verb % VERB_NR](&run, step);
    invariants_check(&run);
    host_guest_reset();
}

/* A request of the wind-down about a payload, by its name's number. */
static void act_on(uint8_t name, uint8_t cmd)
{
    const struct script_step step = {
        .verb = VERB_ACTION, .name = name, .action.cmd = cmd - 1};

    take_step(&step);
}

static bool is_used(unsigned int which)
{
    struct reasons reasons = {.nr = 0};

    model_check_unload(&run.model, which, &reasons);
    return reasons.nr;
}

static void revert_all(void)
{
    while (run.model.stack.nr) {
        const unsigned int top = run.model.stack.at[run.model.stack.nr - 1];

        act_on(request_choice_of(&run.model.payload[top]),
               LIVEPATCH_ACTION_REVERT);
        if (run.model.payload[top].is_applied) {
            give_up("answers: the newest payload does not revert");
        }
    }
}

static void unload_all(void)
{
    while (run.model.loaded.nr) {
        unsigned int i = 0;

        while (is_used(run.model.loaded.at[i])) {
            i++;
        }
        act_on(request_choice_of(&run.model.payload[run.model.loaded.at[i]]),
               LIVEPATCH_ACTION_UNLOAD);
    }
}

static void run_script(const struct script_step *steps, size_t nr)
{
    memset(&run, 0, sizeof(run));
    run.next_serial = 1;
    note_start();
    invariants_start(&run);
    for (size_t i = 0; i < nr && i < SCRIPT_MAX_STEPS; i++) {
        take_step(&steps[i]);
    }
    run.model.is_agreeable = true;
    revert_all();
    unload_all();
    invariants_check_end(&run);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    keep_inputs_beside_target(argc, argv);
    host_reset();
    host_clock_fake(SECONDS(1));
    model_text_start();
    for (unsigned int i = 0; i < ops_nr_seeds; i++) {
        run_script(ops_seeds[i].steps, ops_seeds[i].nr);
    }
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static struct script_step steps[SCRIPT_MAX_STEPS];
    const size_t taken = size < sizeof(steps) ? size : sizeof(steps);

    memset(steps, 0, sizeof(steps));
    memcpy(steps, bytes, taken);
    run_script(steps, taken / sizeof(*steps));
    return 0;
}
