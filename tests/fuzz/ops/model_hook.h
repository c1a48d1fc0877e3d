/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An action of the model under way, and the calls of hooks in it: what each
 * hook does, is told and answers, and what its payload is like afterwards.
 */
#ifndef FUZZ_OPS_MODEL_HOOK_H
#define FUZZ_OPS_MODEL_HOOK_H

#include "model.h"

struct model_step {
    unsigned int which;
    bool is_apply;
    bool was_in_text; /* before the stop */
};

struct model_action {
    struct model *model;
    struct model_answer *answer;
    struct model_step step[MODEL_PAYLOADS + 1];
    unsigned int nr;
};

bool model_has_hook(const struct model_payload *payload, enum recipe_hook kind);

/* A mark for each entry. */
uint8_t model_all_marks(const struct model_payload *payload);

/* The answer of the payload's pre or action hook, as an errno; 0 when it has
 * none. */
int model_ask(struct model_action *action, unsigned int which,
              enum recipe_hook kind);

/* Calls the payload's post hook, or its load or unload hooks. */
void model_tell(struct model_action *action, unsigned int which,
                enum recipe_hook kind);

/* The default work in the stop: load hooks and the new bytes, or the old ones
 * and unload hooks, unless that is done; and all marks. */
void model_put(struct model_action *action, unsigned int which);
void model_take(struct model_action *action, unsigned int which);

/* The payload has been moved: it is on the stack or not, fresh or spent. */
void model_settle(struct model *model, unsigned int which);

#endif
