/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The log is walked from its newest deed of this boot to the oldest. The first
 * upload or unload of a name that is met settles what the name stands for: an
 * upload says its build-id; after an unload somebody else loaded what is there.
 * What the hypervisor tells counts more.
 */
#include "history/loaded.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "history/stack_order.h"
#include "session/machine.h"

/* A payload that the log may yet tell of, found by its name. */
struct sought {
    struct loaded_payload *payload;
    bool is_settled; /* older deeds are of another payload of the name */
};

static int compare_sought(const void *one, const void *other)
{
    const struct sought *a = one;
    const struct sought *b = other;

    return strcmp(a->payload->entry->name, b->payload->entry->name);
}

static int compare_name(const void *name, const void *other)
{
    const struct sought *sought = other;

    return strcmp(name, sought->payload->entry->name);
}

static void take_upload(struct sought *sought, const struct past_deed *deed)
{
    struct loaded_payload *payload = sought->payload;

    payload->own = kept_id_of_text(deed->build_id);
    payload->below = kept_id_of_text(deed->depends);
    payload->nr_bytes = (uint64_t)deed->nr_bytes;
    payload->loaded_ms = deed->time_ms;
    if (payload->own.nr_bytes) {
        payload->source = LOADED_BY_LOG;
    }
    sought->is_settled = true;
}

static void take_deed(struct sought *sought, const struct past_deed *deed)
{
    struct loaded_payload *payload = sought->payload;

    if (sought->is_settled) {
        return;
    }
    if (!strcmp(deed->verb, "upload")) {
        take_upload(sought, deed);
    } else if (!strcmp(deed->verb, "unload")) {
        sought->is_settled = true;
    } else if (!strcmp(deed->verb, "revert")) {
        payload->was_reverted = true;
    } else if (!payload->applied_ms && (!strcmp(deed->verb, "apply") ||
                                        !strcmp(deed->verb, "replace"))) {
        payload->applied_ms = deed->time_ms;
    }
}

/* A replacement reverts all but what it applies. */
static void take_replacement(struct sought *sought, size_t nr)
{
    for (size_t i = 0; i < nr; i++) {
        if (!sought[i].is_settled && !sought[i].payload->applied_ms) {
            sought[i].payload->was_reverted = true;
        }
    }
}

static void take_names(const struct past_deed *deed, struct sought *sought,
                       size_t nr)
{
    for (size_t k = 0; k < deed->nr_names; k++) {
        struct sought *found = bsearch(past_deed_name(deed, k), sought, nr,
                                       sizeof(*sought), compare_name);

        if (found) {
            take_deed(found, deed);
        }
    }
}

static void ask_log(const struct deed_history *log, struct sought *sought,
                    size_t nr)
{
    char boot[BOOT_ID_BYTES];

    machine_boot_id(boot);
    qsort(sought, nr, sizeof(*sought), compare_sought);
    for (size_t i = log->nr; *boot && i--;) {
        struct past_deed deed = deed_history_at(log, i);

        if (deed.exit_status || strcmp(deed.boot, boot) != 0) {
            continue;
        }
        take_names(&deed, sought, nr);
        if (!strcmp(deed.verb, "replace")) {
            take_replacement(sought, nr);
        }
    }
}

/* 0, for never, stays 0. */
static int64_t time_of(const struct extension_payloads *facts, uint64_t ns)
{
    return ns ? extension_wall_ms(ns, facts->now_ns, machine_now_ms()) : 0;
}

static void take_facts(const struct extension_payloads *facts,
                       struct loaded *loaded)
{
    size_t hint = 0;

    for (size_t i = 0; i < loaded->nr; i++) {
        struct loaded_payload *payload = &loaded->payloads[i];
        const struct livepatch_ext_payload *fact =
            extension_payload_named(facts, payload->entry->name, &hint);

        if (!fact) {
            continue;
        }
        payload->source = LOADED_BY_HYPERVISOR;
        payload->own = kept_id_of(extension_own_id(fact));
        payload->below = kept_id_of(extension_depends_id(fact));
        payload->nr_bytes = fact->image_bytes;
        payload->loaded_ms = time_of(facts, fact->load_time);
        payload->applied_ms = time_of(facts, fact->apply_time);
        payload->is_spent = fact->state == LIVEPATCH_EXT_STATE_SPENT;
    }
}

/* The order by the hypervisor's word; false: it does not tell all of it. */
static bool take_places(const struct extension_payloads *facts,
                        struct loaded *loaded)
{
    size_t hint = 0;

    loaded->nr_applied = 0;
    for (size_t i = 0; i < loaded->nr; i++) {
        struct loaded_payload *payload = &loaded->payloads[i];
        const struct livepatch_ext_payload *fact =
            extension_payload_named(facts, payload->entry->name, &hint);
        bool is_applied = payload->entry->status.state == PAYLOAD_APPLIED;

        if (!fact || !fact->place != !is_applied) {
            return false;
        }
        payload->place = fact->place;
        loaded->nr_applied += is_applied;
    }
    for (size_t place = 1; place <= loaded->nr_applied; place++) {
        if (!loaded_at_place(loaded, place)) {
            return false;
        }
    }
    loaded->is_order_known = true;
    return true;
}

static int find_places(const struct loaded_sources *sources,
                       struct loaded *loaded)
{
    struct stack_order order;
    int rc =
        stack_order_find(sources->list, sources->log, sources->records, &order);

    if (rc) {
        return rc;
    }
    for (size_t i = 0; i < loaded->nr; i++) {
        loaded->payloads[i].place = 0;
    }
    loaded->is_order_known = order.is_known;
    loaded->nr_applied = order.nr;
    for (size_t i = 0; order.is_known && i < order.nr; i++) {
        size_t at = (size_t)(order.entries[i] - sources->list->entries);

        loaded->payloads[at].place = i + 1;
    }
    for (size_t i = 0, place = 0; !order.is_known && i < loaded->nr; i++) {
        const struct payload_entry *entry = loaded->payloads[i].entry;

        if (entry->status.state == PAYLOAD_APPLIED) {
            loaded->payloads[i].place = ++place;
        }
    }
    stack_order_free(&order);
    return 0;
}

int loaded_join(const struct loaded_sources *sources, struct loaded *loaded)
{
    const struct payload_list *list = sources->list;
    struct sought *sought = calloc(list->nr + 1, sizeof(*sought));
    struct loaded found = {
        .payloads = calloc(list->nr + 1, sizeof(*found.payloads)),
        .nr = list->nr,
        .has_extension = sources->records || sources->facts,
    };
    int rc = sought && found.payloads ? 0 : -ENOMEM;

    for (size_t i = 0; !rc && i < list->nr; i++) {
        found.payloads[i].entry = &list->entries[i];
        sought[i].payload = &found.payloads[i];
    }
    if (!rc) {
        ask_log(sources->log, sought, list->nr);
        if (sources->facts) {
            take_facts(sources->facts, &found);
        }
        if (!sources->facts || !take_places(sources->facts, &found)) {
            rc = find_places(sources, &found);
        }
    }
    free(sought);
    if (rc) {
        loaded_free(&found);
        return rc;
    }
    *loaded = found;
    return 0;
}

int loaded_take(struct session *session, const struct payload_list *list,
                struct loaded *loaded)
{
    const char *path = session->options.log_path;
    struct deed_history log = {.nr = 0};
    struct extension_history records = {.nr = 0};
    struct extension_payloads facts;
    bool has_records = !extension_read_history(&session->client, 1, &records);
    bool has_facts = !extension_read_payloads(&session->client, &facts);
    int rc = path ? deed_history_read(path, &log) : 0;

    if (rc) {
        fprintf(session->err,
                "xen-livepatch: %s: %s: what was loaded in this "
                "boot is not known from it.\n",
                path, strerror(-rc));
    }
    rc = loaded_join(&(struct loaded_sources){list, &log,
                                              has_records ? &records : NULL,
                                              has_facts ? &facts : NULL},
                     loaded);
    extension_payloads_free(&facts);
    extension_history_free(&records);
    deed_history_free(&log);
    return rc;
}

void loaded_free(struct loaded *loaded)
{
    free(loaded->payloads);
}

const struct loaded_payload *loaded_find(const struct loaded *loaded,
                                         const char *name)
{
    for (size_t i = 0; i < loaded->nr; i++) {
        if (!strcmp(loaded->payloads[i].entry->name, name)) {
            return &loaded->payloads[i];
        }
    }
    return NULL;
}

const struct loaded_payload *loaded_find_id(const struct loaded *loaded,
                                            struct build_id id)
{
    for (size_t i = 0; i < loaded->nr; i++) {
        if (kept_id_is(&loaded->payloads[i].own, id)) {
            return &loaded->payloads[i];
        }
    }
    return NULL;
}

const struct loaded_payload *loaded_at_place(const struct loaded *loaded,
                                             size_t place)
{
    for (size_t i = 0; i < loaded->nr; i++) {
        if (loaded->payloads[i].place == place) {
            return &loaded->payloads[i];
        }
    }
    return NULL;
}
