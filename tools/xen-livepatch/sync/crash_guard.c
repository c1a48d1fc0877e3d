/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The guard as a JSON file, and what may become of a trial.
 */
#include "sync/crash_guard.h"

#include <errno.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/durable_file.h"
#include "lib/report.h"

#define GUARD_FILE "sync.json"
#define GUARD_BYTES_MAX 65536U

/* `file` in the folder `dir`, allocated. */
static char *path_in(const char *dir, const char *file)
{
    char *path;

    return asprintf(&path, "%s/%s", dir, file) < 0 ? NULL : path;
}

static bool flag_in(struct json_object *object, const char *key)
{
    struct json_object *value;

    return json_object_object_get_ex(object, key, &value) &&
           json_object_get_boolean(value);
}

static int64_t number_in(struct json_object *object, const char *key)
{
    struct json_object *value;

    return json_object_object_get_ex(object, key, &value)
               ? json_object_get_int64(value)
               : 0;
}

static void text_in(struct json_object *object, const char *key, char *text,
                    size_t nr_bytes)
{
    struct json_object *value;

    text[0] = '\0';
    if (json_object_object_get_ex(object, key, &value) &&
        json_object_is_type(value, json_type_string)) {
        snprintf(text, nr_bytes, "%s", json_object_get_string(value));
    }
}

/* Text that is no build-id, or too much of it, makes the set hold all. */
static void set_in(struct json_object *object, const char *key,
                   struct guard_set *set)
{
    struct json_object *list;

    *set = (struct guard_set){.is_all = true};
    if (!json_object_object_get_ex(object, key, &list) ||
        !json_object_is_type(list, json_type_array)) {
        return;
    }
    set->is_all = false;
    for (size_t i = 0; i < json_object_array_length(list); i++) {
        const char *text =
            json_object_get_string(json_object_array_get_idx(list, i));
        struct kept_id id = kept_id_of_text(text ? text : "");

        guard_set_add(set, &id);
    }
}

static void trial_in(struct json_object *object, const char *key,
                     struct guard_trial *trial)
{
    struct json_object *part = NULL;

    json_object_object_get_ex(object, key, &part);
    trial->trial_s = (uint64_t)number_in(part, "trial_s");
    trial->loaded_ms = number_in(part, "loaded_ms");
    text_in(part, "names", trial->names, sizeof(trial->names));
    set_in(part, "payloads", &trial->payloads);
}

/* -EBADMSG: these bytes are no guard. */
static int parse(const char *bytes, struct crash_guard *guard)
{
    struct json_object *object = json_tokener_parse(bytes);
    struct json_object *value;

    if (!json_object_object_get_ex(object, "is_on_trial", &value)) {
        json_object_put(object);
        return -EBADMSG;
    }
    guard->is_on_trial = flag_in(object, "is_on_trial");
    guard->is_held = flag_in(object, "is_held");
    text_in(object, "boot", guard->boot, sizeof(guard->boot));
    guard->uptime_s = (uint64_t)number_in(object, "uptime_s");
    trial_in(object, "trial", &guard->trial);
    trial_in(object, "held", &guard->held);
    set_in(object, "proven", &guard->proven);
    guard->proven.is_all = false;
    guard->synced_ms = number_in(object, "synced_ms");
    guard->synced_status = (int)number_in(object, "synced_status");
    json_object_put(object);
    return 0;
}

int crash_guard_read(const char *dir, struct crash_guard *guard)
{
    char *path = path_in(dir, GUARD_FILE);
    char bytes[GUARD_BYTES_MAX];
    size_t nr_bytes;
    FILE *file;
    int rc;

    *guard = (struct crash_guard){.is_on_trial = false};
    if (!path) {
        return -ENOMEM;
    }
    file = fopen(path, "re");
    rc = errno == ENOENT ? 0 : -errno;
    free(path);
    if (!file) {
        return rc;
    }
    nr_bytes = fread(bytes, 1, sizeof(bytes) - 1, file);
    bytes[nr_bytes] = '\0';
    rc = ferror(file) ? -EIO : parse(bytes, guard);
    fclose(file);
    if (rc == -EBADMSG) {
        guard->is_held = true;
        guard->held.payloads.is_all = true;
    }
    return rc;
}

static void fill_set(struct json_object *object, const char *key,
                     const struct guard_set *set)
{
    struct json_object *list =
        set->is_all ? NULL : report_add_list(object, key);

    for (size_t i = 0; i < set->nr && list; i++) {
        char digits[KEPT_ID_TEXT_BYTES];

        kept_id_format(&set->ids[i], digits);
        report_list_text(list, digits, strlen(digits));
    }
}

static void fill_trial(struct json_object *object, const char *key,
                       const struct guard_trial *trial)
{
    struct json_object *part = report_add_object(object, key);

    report_add_number(part, "loaded_ms", trial->loaded_ms);
    report_add_number(part, "trial_s", (int64_t)trial->trial_s);
    report_add_text(part, "names", trial->names);
    fill_set(part, "payloads", &trial->payloads);
}

static void fill(struct json_object *object, const struct crash_guard *guard)
{
    report_add_flag(object, "is_on_trial", guard->is_on_trial);
    report_add_flag(object, "is_held", guard->is_held);
    report_add_text(object, "boot", guard->boot);
    report_add_number(object, "uptime_s", (int64_t)guard->uptime_s);
    fill_trial(object, "trial", &guard->trial);
    fill_trial(object, "held", &guard->held);
    fill_set(object, "proven", &guard->proven);
    report_add_number(object, "synced_ms", guard->synced_ms);
    report_add_number(object, "synced_status", guard->synced_status);
}

int crash_guard_write(const char *dir, const struct crash_guard *guard)
{
    char *path = path_in(dir, GUARD_FILE);
    struct json_object *object = report_new();
    const char *text = NULL;
    int rc = -ENOMEM;

    if (object) {
        fill(object, guard);
        text = report_line(object);
    }
    if (path && text) {
        rc = durable_make_folder(dir);
        rc = rc ? rc : durable_replace(path, text, strlen(text));
    }
    report_free(object);
    free(path);
    return rc;
}

void crash_guard_clean(const char *dir)
{
    durable_remove_drafts(dir, GUARD_FILE);
}

static bool is_boot_of(const struct crash_guard *guard)
{
    char boot[BOOT_ID_BYTES];

    machine_boot_id(boot);
    return boot[0] && !strcmp(boot, guard->boot);
}

uint64_t crash_guard_left_s(const struct crash_guard *guard)
{
    uint64_t passed_s = machine_uptime_s() - guard->uptime_s;

    return guard->is_on_trial && passed_s < guard->trial.trial_s
               ? guard->trial.trial_s - passed_s
               : 0;
}

bool guard_set_has(const struct guard_set *set, const struct kept_id *id)
{
    for (size_t i = 0; i < set->nr; i++) {
        if (kept_id_is(&set->ids[i], kept_id_view(id))) {
            return true;
        }
    }
    return false;
}

void guard_set_add(struct guard_set *set, const struct kept_id *id)
{
    if (guard_set_has(set, id)) {
        return;
    }
    if (!id->nr_bytes || set->nr == GUARD_PAYLOADS_MAX) {
        set->is_all = true;
        return;
    }
    set->ids[set->nr++] = *id;
}

static void add_all(struct guard_set *set, const struct guard_set *more)
{
    set->is_all = set->is_all || more->is_all;
    for (size_t i = 0; i < more->nr; i++) {
        guard_set_add(set, &more->ids[i]);
    }
}

/* Of the trial those that never passed one; all when there are none of these.
 */
static struct guard_set suspects(const struct crash_guard *guard)
{
    struct guard_set found = {.is_all = guard->trial.payloads.is_all};

    for (size_t i = 0; i < guard->trial.payloads.nr; i++) {
        if (!guard_set_has(&guard->proven, &guard->trial.payloads.ids[i])) {
            guard_set_add(&found, &guard->trial.payloads.ids[i]);
        }
    }
    return found.nr ? found : guard->trial.payloads;
}

/* The machine went down during the trial. */
static void hold(struct crash_guard *guard)
{
    struct guard_set payloads = suspects(guard);

    if (guard->is_held) {
        add_all(&guard->held.payloads, &payloads);
    } else {
        guard->held = guard->trial;
        guard->held.payloads = payloads;
    }
    guard->is_held = true;
    guard->is_on_trial = false;
}

/* The newest are kept where there is no room for all. */
static void note_proven(struct crash_guard *guard)
{
    struct guard_set proven = guard->trial.payloads;

    add_all(&proven, &guard->proven);
    proven.is_all = false;
    guard->proven = proven;
    guard->is_on_trial = false;
}

bool crash_guard_judge(struct crash_guard *guard)
{
    if (!guard->is_on_trial) {
        return false;
    }
    if (!is_boot_of(guard)) {
        hold(guard);
        return true;
    }
    if (!crash_guard_left_s(guard)) {
        note_proven(guard);
        return true;
    }
    return false;
}

/* `name`, of nr bytes, is one of the names in the list. */
static bool is_named(const char *list, const char *name, size_t nr)
{
    for (; *list; list += strspn(list, ", ")) {
        size_t nr_here = strcspn(list, ",");

        if (nr_here == nr && !memcmp(list, name, nr)) {
            return true;
        }
        list += nr_here;
    }
    return false;
}

/* Each of `names` once; what there is no room for is left out. */
static void add_names(char *list, size_t nr_bytes, const char *names)
{
    for (; *names; names += strspn(names, ", ")) {
        size_t nr = strcspn(names, ",");
        size_t length = strlen(list);

        if (!is_named(list, names, nr) && length + nr + 2 < nr_bytes) {
            snprintf(list + length, nr_bytes - length, "%s%.*s",
                     length ? ", " : "", (int)nr, names);
        }
        names += nr;
    }
}

void crash_guard_arm(struct crash_guard *guard, uint64_t trial_s,
                     const char *names, const struct guard_set *payloads)
{
    struct guard_trial *trial = &guard->trial;

    if (!guard->is_on_trial) {
        trial->names[0] = '\0';
        trial->payloads = (struct guard_set){.nr = 0};
    }
    add_names(trial->names, sizeof(trial->names), names);
    add_all(&trial->payloads, payloads);
    guard->is_on_trial = true;
    machine_boot_id(guard->boot);
    guard->uptime_s = machine_uptime_s();
    trial->loaded_ms = machine_now_ms();
    trial->trial_s = trial_s;
}

bool crash_guard_holds(const struct crash_guard *guard,
                       const struct kept_id *id)
{
    return guard->is_held && (guard->held.payloads.is_all ||
                              guard_set_has(&guard->held.payloads, id));
}

void crash_guard_end_trial(struct crash_guard *guard)
{
    guard->is_on_trial = false;
}

void crash_guard_trust(struct crash_guard *guard)
{
    guard->is_held = false;
}
