/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The results of one run as one JSON object (--json). Thin words over json-c,
 * which make any bytes into valid text. An object of NULL is one that nobody
 * asked for, or that there was no memory for: adding to it does nothing.
 */
#ifndef XEN_LIVEPATCH_REPORT_H
#define XEN_LIVEPATCH_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct json_object;

/* NULL when there is no memory. */
struct json_object *report_new(void);
void report_free(struct json_object *report);

/* Print the object on lines of its own. 0, or -ENOMEM with nothing printed. */
int report_print(struct json_object *report, FILE *out);

/* As text, such as "0xffff82d040201000", since readers of JSON may keep numbers
 * in fewer bits; 0 becomes null. */
void report_add_address(struct json_object *object, const char *key,
                        uint64_t address);

void report_add_number(struct json_object *object, const char *key,
                       int64_t number);

void report_add_real(struct json_object *object, const char *key,
                     double number);

void report_add_flag(struct json_object *object, const char *key, bool is_set);

/* Bytes that are not UTF-8 become the four characters \xNN each. */
void report_add_text(struct json_object *object, const char *key,
                     const char *text);

/* Hexadecimal digits; null for no bytes. */
void report_add_hex(struct json_object *object, const char *key,
                    const unsigned char *bytes, size_t nr_bytes);

/* The object on one line, in its own memory; NULL when there is no memory. */
const char *report_line(struct json_object *object);

/* Milliseconds since 1970, UTC, as "2026-01-02T03:04:05.678Z". */
#define REPORT_TIME_BYTES 48U
void report_format_time(int64_t ms, char text[REPORT_TIME_BYTES]);
void report_add_time(struct json_object *object, const char *key, int64_t ms);

/* Add an object that stays the caller's too. */
void report_add_copy(struct json_object *object, const char *key,
                     struct json_object *member);
void report_list_copy(struct json_object *list, struct json_object *object);

void report_remove(struct json_object *object, const char *key);

/* An object within `object`. */
struct json_object *report_add_object(struct json_object *object,
                                      const char *key);

/* A list within `object`, and what goes into one. */
struct json_object *report_add_list(struct json_object *object,
                                    const char *key);
struct json_object *report_list_object(struct json_object *list);
void report_list_text(struct json_object *list, const char *bytes,
                      size_t nr_bytes);

/* "metadata" as a list of strings, cut at the NULs. */
void report_add_metadata(struct json_object *object, const char *metadata,
                         size_t metadata_bytes);

#endif
