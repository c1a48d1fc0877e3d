// SPDX-License-Identifier: GPL-2.0
/*
 * A table that only grows. What a payload's metadata asks for is read twice:
 * checked before anything is remembered, and then entered.
 */
#include "revoked.h"

#include <xen/errno.h>
#include <xen/lib.h>
#include <xen/livepatch.h>
#include <xen/string.h>

#include "log.h"
#include "notes.h"

#define KEY "revokes="

struct revoked_id {
    uint8_t len;
    uint8_t bytes[LP_REVOKED_ID_BYTES];
};

static struct revoked_id table[LP_REVOKED_MOST];
static unsigned int nr_revoked;

static int digit_of(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Digits to bytes; false: they are none, or too few or too many. */
static bool read_id(const char *text, struct revoked_id *id)
{
    const size_t digits = strlen(text);

    if (digits == 0 || digits % 2 || digits > 2 * LP_REVOKED_ID_BYTES) {
        return false;
    }
    for (size_t i = 0; i < digits; i += 2) {
        const int high = digit_of(text[i]), low = digit_of(text[i + 1]);

        if (high < 0 || low < 0) {
            return false;
        }
        id->bytes[i / 2] = high * 16 + low;
    }
    id->len = digits / 2;
    return true;
}

static bool is_id(const struct revoked_id *revoked,
                  const struct lp_build_id *id)
{
    const struct lp_build_id other = {revoked->bytes, revoked->len};

    return lp_notes_same_id(&other, id);
}

static bool is_revoked(const struct lp_build_id *id)
{
    for (unsigned int i = 0; i < nr_revoked; i++) {
        if (is_id(&table[i], id)) {
            return true;
        }
    }
    return false;
}

/* The next entry with our key at or behind `at`: its value, or NULL. Metadata
 * ends with NUL (load.c). */
static const char *find_value(const struct lp_payload *payload, const char *at)
{
    const char *end =
        payload->metadata ? payload->metadata + payload->metadata_bytes : at;

    for (; at != end; at += strlen(at) + 1) {
        if (!strncmp(at, KEY, strlen(KEY))) {
            return at + strlen(KEY);
        }
    }
    return NULL;
}

#define for_each_value(payload, value)                                         \
    for (const char *value = find_value(payload, (payload)->metadata); value;  \
         value = find_value(payload, value))

int lp_revoked_check(struct registry_locked locked,
                     const struct lp_payload *payload)
{
    unsigned int nr = nr_revoked;

    (void)locked;
    for_each_value(payload, value)
    {
        struct revoked_id id;

        if (!read_id(value, &id)) {
            lp_err(payload->name, ".modinfo: " KEY "%s: no build-id", value);
            return -EINVAL;
        }
        if (is_id(&id, &payload->id)) {
            lp_err(payload->name, ".modinfo: " KEY "%s: that is its own",
                   value);
            return -EINVAL;
        }
        nr += !is_revoked(&(struct lp_build_id){id.bytes, id.len});
    }
    if (nr > LP_REVOKED_MOST) {
        lp_err(payload->name, "there would be %u revoked build-ids, at most %u",
               nr, LP_REVOKED_MOST);
        return -ENOSPC;
    }
    return 0;
}

void lp_revoked_add(struct registry_locked locked,
                    const struct lp_payload *payload)
{
    (void)locked;
    for_each_value(payload, value)
    {
        struct revoked_id *id = &table[nr_revoked];

        if (nr_revoked == LP_REVOKED_MOST || !read_id(value, id) ||
            is_revoked(&(struct lp_build_id){id->bytes, id->len})) {
            continue;
        }
        nr_revoked++;
        lp_warn(payload->name, "build-id %s is revoked until the next boot",
                value);
    }
}

int lp_revoked_check_id(struct registry_locked locked,
                        const struct lp_payload *payload)
{
    char text[LP_ID_TEXT];

    (void)locked;
    if (is_revoked(&payload->id)) {
        lp_err(payload->name, "build-id %s has been revoked",
               lp_notes_id_text(&payload->id, text));
        return -EPERM;
    }
    return 0;
}

unsigned int lp_revoked_count(struct registry_locked locked)
{
    (void)locked;
    return nr_revoked;
}

void livepatch_forget_revoked(void)
{
    struct registry_locked locked = registry_lock();

    nr_revoked = 0;
    registry_unlock(locked);
}
