/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Values into json-c objects. The one thing that json-c does not do is to see
 * to it that text is UTF-8, which JSON must be: names and metadata come from
 * payloads.
 */
#include "lib/report.h"

#include <errno.h>
#include <json-c/json.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct json_object *report_new(void)
{
    return json_object_new_object();
}

void report_free(struct json_object *report)
{
    json_object_put(report);
}

int report_print(struct json_object *report, FILE *out)
{
    const char *text = json_object_to_json_string_ext(
        report, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED |
                    JSON_C_TO_STRING_NOSLASHESCAPE);

    if (!text) {
        return -ENOMEM;
    }
    fprintf(out, "%s\n", text);
    return 0;
}

static bool is_continuation(unsigned char byte)
{
    return (byte & 0xc0) == 0x80;
}

/*
 * The length of the UTF-8 sequence at `bytes`, 0 when there is none. What is
 * excluded besides bad bytes: longer forms than needed (0xc0, 0xc1, 0xe0 0x80,
 * 0xf0 0x80), surrogates (0xed 0xa0), more than U+10FFFF (0xf4 0x90, 0xf5).
 */
static size_t utf8_length(const unsigned char *bytes, size_t nr_bytes)
{
    static const struct {
        unsigned char first;
        unsigned char last;
        unsigned char second_from;
        unsigned char second_to;
        size_t length;
    } forms[] = {
        {0x01, 0x7f, 0, 0xff, 1},    {0xc2, 0xdf, 0x80, 0xbf, 2},
        {0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3},
        {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
        {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4},
        {0xf4, 0xf4, 0x80, 0x8f, 4},
    };

    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        size_t length = forms[i].length;

        if (bytes[0] < forms[i].first || bytes[0] > forms[i].last ||
            length > nr_bytes) {
            continue;
        }
        if (length > 1 && (bytes[1] < forms[i].second_from ||
                           bytes[1] > forms[i].second_to)) {
            return 0;
        }
        for (size_t k = 2; k < length; k++) {
            if (!is_continuation(bytes[k])) {
                return 0;
            }
        }
        return length;
    }
    return 0;
}

/* A JSON string of any bytes; NULL when there is no memory. */
static struct json_object *text_of(const char *bytes, size_t nr_bytes)
{
    const unsigned char *from = (const unsigned char *)bytes;
    char *text = malloc(nr_bytes * 4 + 1); /* \xNN for each byte */
    struct json_object *string;
    size_t length = 0;

    if (!text) {
        return NULL;
    }
    for (size_t i = 0; i < nr_bytes;) {
        size_t nr_valid = utf8_length(from + i, nr_bytes - i);

        if (nr_valid) {
            memcpy(text + length, from + i, nr_valid);
            length += nr_valid;
            i += nr_valid;
        } else {
            length += (size_t)sprintf(text + length, "\\x%02x", from[i++]);
        }
    }
    string = json_object_new_string_len(text, (int)length);
    free(text);
    return string;
}

void report_add_number(struct json_object *object, const char *key,
                       int64_t number)
{
    if (object) {
        json_object_object_add(object, key, json_object_new_int64(number));
    }
}

void report_add_real(struct json_object *object, const char *key, double number)
{
    if (object) {
        json_object_object_add(object, key, json_object_new_double(number));
    }
}

void report_add_text(struct json_object *object, const char *key,
                     const char *text)
{
    if (object) {
        json_object_object_add(object, key, text_of(text, strlen(text)));
    }
}

void report_add_flag(struct json_object *object, const char *key, bool is_set)
{
    if (object) {
        json_object_object_add(object, key, json_object_new_boolean(is_set));
    }
}

void report_add_hex(struct json_object *object, const char *key,
                    const unsigned char *bytes, size_t nr_bytes)
{
    char *digits = nr_bytes ? malloc(nr_bytes * 2 + 1) : NULL;

    if (!object) {
        free(digits);
        return;
    }
    for (size_t i = 0; digits && i < nr_bytes; i++) {
        sprintf(digits + 2 * i, "%02x", bytes[i]);
    }
    json_object_object_add(object, key,
                           digits ? json_object_new_string(digits) : NULL);
    free(digits);
}

void report_format_time(int64_t ms, char text[REPORT_TIME_BYTES])
{
    time_t seconds = (time_t)(ms / 1000);
    struct tm parts = {0};
    size_t length;

    gmtime_r(&seconds, &parts);
    length = strftime(text, REPORT_TIME_BYTES - 6, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(text + length, 6, ".%03uZ", (unsigned int)(ms % 1000) % 1000);
}

void report_add_address(struct json_object *object, const char *key,
                        uint64_t address)
{
    char text[sizeof("0x") + 16];

    if (!object) {
        return;
    }
    snprintf(text, sizeof(text), "%#" PRIx64, address);
    json_object_object_add(object, key,
                           address ? json_object_new_string(text) : NULL);
}

void report_add_time(struct json_object *object, const char *key, int64_t ms)
{
    char text[REPORT_TIME_BYTES];

    report_format_time(ms, text);
    report_add_text(object, key, text);
}

void report_add_copy(struct json_object *object, const char *key,
                     struct json_object *member)
{
    if (object) {
        json_object_object_add(object, key, json_object_get(member));
    }
}

void report_list_copy(struct json_object *list, struct json_object *object)
{
    if (list) {
        json_object_array_add(list, json_object_get(object));
    }
}

const char *report_line(struct json_object *object)
{
    return object ? json_object_to_json_string_ext(
                        object,
                        JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE)
                  : NULL;
}

void report_remove(struct json_object *object, const char *key)
{
    if (object) {
        json_object_object_del(object, key);
    }
}

struct json_object *report_add_object(struct json_object *object,
                                      const char *key)
{
    struct json_object *member = object ? json_object_new_object() : NULL;

    if (member) {
        json_object_object_add(object, key, member);
    }
    return member;
}

struct json_object *report_add_list(struct json_object *object, const char *key)
{
    struct json_object *list = object ? json_object_new_array() : NULL;

    if (list) {
        json_object_object_add(object, key, list);
    }
    return list;
}

struct json_object *report_list_object(struct json_object *list)
{
    struct json_object *object = list ? json_object_new_object() : NULL;

    if (object) {
        json_object_array_add(list, object);
    }
    return object;
}

void report_list_text(struct json_object *list, const char *bytes,
                      size_t nr_bytes)
{
    if (list) {
        json_object_array_add(list, text_of(bytes, nr_bytes));
    }
}

void report_add_metadata(struct json_object *object, const char *metadata,
                         size_t metadata_bytes)
{
    struct json_object *list = report_add_list(object, "metadata");
    size_t start = 0;

    while (start < metadata_bytes) {
        size_t length = strnlen(metadata + start, metadata_bytes - start);

        report_list_text(list, metadata + start, length);
        start += length + 1;
    }
}
