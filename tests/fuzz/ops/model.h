/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What should be the case, by the documents alone (docs/livepatch.md,
 * docs/errors.md, the public headers): the payloads that there are, the order
 * in which they were applied, what each has made of the text, and what a
 * request is answered with. A value: a request is tried on a copy, which
 * becomes the model when it was served.
 *
 * Refusals are sets of errnos: a request that has several faults may be told
 * any of them. Nothing of the subsystem is asked here.
 */
#ifndef FUZZ_OPS_MODEL_H
#define FUZZ_OPS_MODEL_H

#include "hook.h"
#include "recipe.h"

#define MODEL_PAYLOADS 12

/* What one entry makes of the text. */
struct model_change {
    unsigned long address;
    uint8_t nr;
    uint8_t after[LIVEPATCH_OPAQUE_SIZE];
};

struct model_payload {
    bool is_loaded;
    char name[XEN_LIVEPATCH_NAME_SIZE];
    uint32_t serial;
    uint64_t number; /* of its load */
    struct recipe recipe;
    unsigned long base; /* of its image, and of its text */
    unsigned long pages;
    uint8_t text[TEXT_BYTES]; /* as it was loaded */
    struct model_change change[SCRIPT_FUNCTIONS];
    uint32_t uses; /* bit n: refers to payload n */
    bool is_applied;
    bool is_spent;
    bool is_in_text; /* its new bytes stand, its load hooks have run */
    bool has_stood;  /* applied or in the text, if only for a moment */
    uint8_t marks;   /* bit i: entry i is shown to hooks as in force */
    int rc;
    unsigned int calls[HOOK_NR];
};

/* Numbers of payloads, in an order. */
struct model_order {
    unsigned int nr;
    unsigned int at[MODEL_PAYLOADS];
};

struct model {
    struct model_payload payload[MODEL_PAYLOADS];
    struct model_order loaded; /* oldest first */
    struct model_order stack;  /* newest last */
    uint8_t constant[HOOK_CONSTANTS];
    uint32_t nr_changes; /* uploads and unloads */
    bool is_agreeable;   /* no hook says no */
};

/* Errnos, positive; none: it is accepted. */
struct reasons {
    unsigned int nr;
    int rc[32];
};

void reasons_add(struct reasons *reasons, int rc);
bool reasons_hold(const struct reasons *reasons, int rc);

/* ---- the text (model_text.c) -------------------------------------------- */

/* Takes the hypervisor's text, before anything is applied, as the original. */
void model_text_start(void);

/*
 * The text at [address, address + nr) when the payloads of `stack` are applied
 * in that order and no others. False when it is not text that the model
 * knows.
 */
bool model_text_read(const struct model *model, const struct model_order *stack,
                     unsigned long address, unsigned int nr, uint8_t *bytes);

/* Where a name leads: 0 when it leads nowhere. *owner: the payload, or -1. */
unsigned long model_find_symbol(const struct model *model,
                                enum recipe_symbol which, int *owner);

/* The entry's old function in that model; 0: none. */
unsigned long model_old_address(const struct model *model,
                                const struct recipe_function *function,
                                int *owner);

/* What the entry makes of the text as it is now; reasons: why it cannot. */
struct model_change model_plan_change(const struct model *model,
                                      const struct recipe_function *function,
                                      unsigned long new_address,
                                      struct reasons *reasons);

/* ---- UPLOAD, UNLOAD (model_load.c) -------------------------------------- */

/* Puts into the recipe what depends on the model: the bytes that its entries
 * are to expect, addresses that it gives as numbers, build-ids that fit. */
void model_fill_in(const struct model *model, struct recipe *recipe);

void model_check_upload(const struct model *model, const char *name,
                        const struct recipe *recipe, struct reasons *reasons);

/* A payload that was accepted, in the image at base. */
void model_add(struct model *model, const char *name,
               const struct recipe *recipe, uint32_t serial, unsigned long base,
               unsigned long pages);

void model_check_unload(const struct model *model, unsigned int which,
                        struct reasons *reasons);
void model_remove(struct model *model, unsigned int which);

/* Number of the payload of that name, or -1. */
int model_find(const struct model *model, const char *name);

/* ---- APPLY, REVERT, REPLACE (model_check.c, model_act.c, model_hook.c) -- */

/* What befalls an action that has come as far as the stop. */
enum model_luck {
    LUCK_GOOD,
    LUCK_LATE /* a pCPU does not come */
};

struct model_request {
    uint32_t cmd; /* LIVEPATCH_ACTION_* */
    bool is_set;  /* of the extension */
    bool no_deps;
    enum model_luck luck;
    struct model_order set; /* its payloads, as named */
};

struct model_answer {
    struct reasons reasons; /* refused before any hook was asked */
    int veto;               /* a pre hook's no, or 0 */
    int rc;                 /* of the action */
    unsigned int failed;    /* index in the set; its nr: none of them */
    bool has_stopped;       /* the pCPUs came to the stop */
    bool is_late;
    unsigned int nr_stops, nr_missed;    /* with those of post hooks */
    unsigned int nr_steps, nr_functions; /* of its payloads */
    struct hook_plans hooks;             /* calls, in order */
};

/* Why the request is refused; *failed: the payload that is the reason. */
void model_check_action(const struct model *model,
                        const struct model_request *request,
                        struct reasons *reasons, unsigned int *failed);

/* Carries the request out on the model. */
void model_act(struct model *model, const struct model_request *request,
               struct model_answer *answer);

/* ---- orders ------------------------------------------------------------- */

void order_push(struct model_order *order, unsigned int which);
void order_remove(struct model_order *order, unsigned int which);
bool order_has(const struct model_order *order, unsigned int which);

#endif
