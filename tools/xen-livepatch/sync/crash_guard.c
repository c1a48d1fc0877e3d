/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The guard as a JSON file, and what may become of a trial.
 */
#include "sync/crash_guard.h"

#include <errno.h>
#include <fcntl.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "history/durable_file.h"
#include "lib/report.h"

#define GUARD_FILE "sync.json"
#define LOCK_FILE "sync.lock"
#define GUARD_BYTES_MAX 16384U

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
    guard->loaded_ms = number_in(object, "loaded_ms");
    guard->trial_s = (uint64_t)number_in(object, "trial_s");
    text_in(object, "names", guard->names, sizeof(guard->names));
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
    return rc;
}

static void fill(struct json_object *object, const struct crash_guard *guard)
{
    report_add_flag(object, "is_on_trial", guard->is_on_trial);
    report_add_flag(object, "is_held", guard->is_held);
    report_add_text(object, "boot", guard->boot);
    report_add_number(object, "uptime_s", (int64_t)guard->uptime_s);
    report_add_number(object, "loaded_ms", guard->loaded_ms);
    report_add_number(object, "trial_s", (int64_t)guard->trial_s);
    report_add_text(object, "names", guard->names);
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
        rc = durable_replace(path, text, strlen(text));
    }
    report_free(object);
    free(path);
    return rc;
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

    return guard->is_on_trial && passed_s < guard->trial_s
               ? guard->trial_s - passed_s
               : 0;
}

bool crash_guard_judge(struct crash_guard *guard)
{
    if (!guard->is_on_trial) {
        return false;
    }
    if (!is_boot_of(guard)) {
        guard->is_held = true;
        guard->is_on_trial = false;
        return true;
    }
    if (!crash_guard_left_s(guard)) {
        guard->is_on_trial = false;
        return true;
    }
    return false;
}

void crash_guard_arm(struct crash_guard *guard, uint64_t trial_s,
                     const char *names)
{
    size_t length = guard->is_on_trial ? strlen(guard->names) : 0;

    snprintf(guard->names + length, sizeof(guard->names) - length, "%s%s",
             length ? ", " : "", names);
    guard->is_on_trial = true;
    guard->is_held = false;
    machine_boot_id(guard->boot);
    guard->uptime_s = machine_uptime_s();
    guard->loaded_ms = machine_now_ms();
    guard->trial_s = trial_s;
}

void crash_guard_release(struct crash_guard *guard)
{
    guard->is_on_trial = false;
    guard->is_held = false;
}

int crash_guard_lock(const char *dir)
{
    char *path = path_in(dir, LOCK_FILE);
    int rc = path ? durable_make_folder(dir) : -ENOMEM;
    int fd;

    if (rc) {
        free(path);
        return rc;
    }
    fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    rc = fd < 0 ? -errno : fd;
    free(path);
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB)) {
        rc = -errno;
        close(fd);
    }
    return rc;
}
