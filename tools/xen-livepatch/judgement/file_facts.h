/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How the payloads of the folder stand to what is loaded, as facts.
 */
#ifndef XEN_LIVEPATCH_FILE_FACTS_H
#define XEN_LIVEPATCH_FILE_FACTS_H

#include "judgement/facts.h"
#include "sync/sync_plan.h"

struct file_facts_list {
    struct file_facts *files;
    size_t nr;
};

/* What sync compares, and its plan for it. */
struct file_view {
    const struct sync_view *view;
    const struct sync_plan *plan;
    int64_t boot_ms; /* when this boot began, since 1970 */
};

/* Take them. Names and paths stay the folder's. Gives 0 with *list, or -ENOMEM;
 * file_facts_free() it either way. */
int file_facts_take(const struct file_view *view, struct file_facts_list *list);
void file_facts_free(struct file_facts_list *list);

#endif
