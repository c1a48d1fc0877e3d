/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How the payloads of the folder stand to what is loaded, as facts.
 */
#ifndef XEN_LIVEPATCH_FILE_FACTS_H
#define XEN_LIVEPATCH_FILE_FACTS_H

#include "history/loaded.h"
#include "judgement/facts.h"
#include "sync/sync_order.h"

struct file_facts_list {
    struct file_facts *files;
    size_t nr;
};

/* What is compared. */
struct file_view {
    const struct payload_folder *folder;
    const struct loaded *loaded;
    const struct sync_order *order; /* of the folder */
    int64_t boot_ms;                /* when this boot began, since 1970 */
};

/* Take them. Names and paths stay the folder's. Gives 0 with *list, or -ENOMEM;
 * file_facts_free() it either way. */
int file_facts_take(const struct file_view *view, struct file_facts_list *list);
void file_facts_free(struct file_facts_list *list);

/* Whether the folder has the loaded payload, in any build, for this
 * hypervisor. */
bool file_is_in_folder(const struct file_view *view, const char *name);

#endif
