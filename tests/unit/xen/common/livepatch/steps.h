/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What many tests of the subsystem do on the way to what they are about: load
 * a payload, bring it into force and back, take it away; or run the loading
 * pipeline up to one of its stages.
 */
#ifndef TEST_STEPS_H
#define TEST_STEPS_H

#include "host/test.h"

#include "action.h"
#include "load.h"
#include "relocate.h"

/* ---- requests, under the registry lock -------------------------------- */

int try_load(const struct payload_file *file, const char *name);

/* An action about one payload. */
typedef int action_fn(struct registry_locked locked, struct lp_action *action);
int try_action(action_fn *act, struct lp_payload *payload, uint32_t flags,
               uint32_t timeout_ns);

int try_apply(struct lp_payload *payload, uint32_t flags);
int try_revert(struct lp_payload *payload);
int try_replace(struct lp_payload *payload, uint32_t flags);
int try_unload(struct lp_payload *payload);

/* The same for requests that must succeed: the result and the rc are 0, however
 * long the pCPUs take. */
struct lp_payload *must_load(const struct payload_file *file, const char *name);
struct lp_payload *must_load_described(const struct payload_description *what,
                                       const char *name);
void must_apply(struct lp_payload *payload);
void must_revert(struct lp_payload *payload);
void must_unload(struct lp_payload *payload);

/* NULL when there is none. */
struct lp_payload *find_payload(const char *name);

/* ---- the pipeline ------------------------------------------------------ */

enum stage {
    STAGE_ELF,
    STAGE_LAYOUT,
    STAGE_IMAGE,
    STAGE_SYMBOLS,
};

struct pipeline {
    struct payload_file file;
    struct lp_elf elf;
    struct lp_sections sections; /* of those that the file has */
    struct lp_layout layout;
    struct lp_image image;
    struct lp_symbols symbols;
    enum stage reached;
};

/* The hypervisor's symbols and nothing else. */
extern const struct lp_scope host_scope;

/* Takes the file over; every stage up to `last` must succeed. */
void pipeline_open(struct pipeline *pipeline, struct payload_file file,
                   enum stage last);

/* The same, finishing the builder. */
void pipeline_build(struct pipeline *pipeline, struct payload_builder *builder,
                    enum stage last);

void pipeline_close(struct pipeline *pipeline);

#endif
