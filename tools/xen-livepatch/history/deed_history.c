/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One line after the other through json-c; an object with a command is a deed.
 */
#include "history/deed_history.h"

#include <errno.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LOG_BYTES_MAX (4L * 1024L * 1024L)

static const char *text_in(struct json_object *object, const char *key)
{
    struct json_object *value;

    return json_object_object_get_ex(object, key, &value) &&
                   json_object_is_type(value, json_type_string)
               ? json_object_get_string(value)
               : "";
}

static int64_t number_in(struct json_object *object, const char *key)
{
    struct json_object *value;

    return json_object_object_get_ex(object, key, &value)
               ? json_object_get_int64(value)
               : 0;
}

/* As report_format_time() writes it, without the milliseconds. */
static int64_t time_in(struct json_object *object)
{
    struct tm parts = {0};

    return strptime(text_in(object, "time"), "%Y-%m-%dT%H:%M:%S", &parts)
               ? (int64_t)timegm(&parts) * 1000
               : 0;
}

static void add_line(struct deed_history *history, const char *line)
{
    struct json_object *object = json_tokener_parse(line);

    if (!object || !json_object_is_type(object, json_type_object) ||
        !*text_in(object, "command")) {
        json_object_put(object);
        history->nr_bad_lines++;
        return;
    }
    json_object_array_add(history->deeds, object);
    history->nr++;
}

/* Skip to the first whole line of the newest part. */
static void skip_old_part(FILE *file)
{
    int c = 0;

    if (fseek(file, 0, SEEK_END) || ftell(file) <= LOG_BYTES_MAX) {
        rewind(file);
        return;
    }
    fseek(file, -LOG_BYTES_MAX, SEEK_END);
    while (c != '\n' && c != EOF) {
        c = getc(file);
    }
}

/* Add the lines of one file; one that is not there has none. */
static int read_lines(const char *path, struct deed_history *history)
{
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t capacity = 0;

    if (!file) {
        return errno == ENOENT ? 0 : -errno;
    }
    skip_old_part(file);
    while (history->deeds && getline(&line, &capacity, file) > 0) {
        if (*line != '\n') {
            add_line(history, line);
        }
    }
    free(line);
    fclose(file);
    return 0;
}

int deed_history_read(const char *path, struct deed_history *history)
{
    char *older;
    int rc;

    *history = (struct deed_history){.deeds = json_object_new_array()};
    if (asprintf(&older, "%s.1", path) < 0) {
        deed_history_free(history);
        return -ENOMEM;
    }
    rc = read_lines(older, history);
    free(older);
    if (!rc) {
        rc = read_lines(path, history);
    }
    if (rc) {
        deed_history_free(history);
    }
    return rc;
}

void deed_history_free(struct deed_history *history)
{
    json_object_put(history->deeds);
    history->deeds = NULL;
}

struct past_deed deed_history_at(const struct deed_history *history, size_t i)
{
    struct json_object *object = json_object_array_get_idx(history->deeds, i);
    struct json_object *names = NULL;
    struct json_object *stop = NULL;

    json_object_object_get_ex(object, "names", &names);
    json_object_object_get_ex(object, "stop", &stop);
    return (struct past_deed){
        .time = text_in(object, "time"),
        .user = text_in(object, "user"),
        .boot = text_in(object, "boot"),
        .verb = text_in(object, "command"),
        .nr_names = json_object_is_type(names, json_type_array)
                        ? json_object_array_length(names)
                        : 0,
        .exit_status = number_in(object, "exit_status"),
        .error = number_in(object, "error"),
        .sequence = number_in(object, "sequence"),
        .stop_ns = number_in(stop, "stop_ns"),
        .nr_late = number_in(stop, "nr_late"),
        .time_ms = time_in(object),
        .build_id = text_in(object, "build_id"),
        .depends = text_in(object, "depends"),
        .nr_bytes = number_in(object, "size"),
        .object = object,
    };
}

const char *past_deed_name(const struct past_deed *deed, size_t i)
{
    struct json_object *names = NULL;
    struct json_object *name;

    json_object_object_get_ex(deed->object, "names", &names);
    name = json_object_array_get_idx(names, i);
    return json_object_is_type(name, json_type_string)
               ? json_object_get_string(name)
               : "";
}

bool past_deed_is_of(const struct past_deed *deed, const char *boot)
{
    return *boot && !strcmp(deed->boot, boot);
}
