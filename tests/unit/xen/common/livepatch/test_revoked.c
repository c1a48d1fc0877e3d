// SPDX-License-Identifier: GPL-2.0
/*
 * Build-ids that a payload has called back: what is refused from then on, what
 * is remembered, what happens when that is full.
 */
#include "dry_run.h"
#include "request.h"

#include <stdio.h>

#include "revoked.h"

#define ID_11 "1111111111111111111111111111111111111111"
#define ID_22 "2222222222222222222222222222222222222222"
#define MOST_METADATA 65536

/* payload_simple with this id and metadata, whose length counts. */
static int upload_saying(const char *name, uint8_t id, const char *metadata,
                         size_t bytes)
{
    struct payload_description what = payload_simple;

    what.id = id;
    what.metadata = metadata;
    what.metadata_bytes = bytes;
    return upload_described(name, &what);
}

#define UPLOAD_SAYING(name, id, text)                                          \
    upload_saying(name, id, text, sizeof(text))

static unsigned int count(void)
{
    struct registry_locked locked = registry_lock();
    const unsigned int nr = lp_revoked_count(locked);

    registry_unlock(locked);
    return nr;
}

static void revoked_payload_is_eperm(void **state)
{
    (void)state;
    assert_int_equal(UPLOAD_SAYING("new", 0x22, "a=b\0revokes=" ID_11), 0);
    assert_logged("livepatch: new: build-id " ID_11 " is revoked until the next"
                  " boot");
    assert_int_equal(upload("old"), -EPERM);
    assert_logged("livepatch: old: build-id " ID_11 " has been revoked");
    assert_int_equal(UPLOAD_SAYING("other", 0x33, "a=b"), 0);
    assert_int_equal(act("other", UNLOAD), 0);
    assert_int_equal(act("new", UNLOAD), 0);
}

static void revocation_outlives_who_said_so(void **state)
{
    (void)state;
    assert_int_equal(UPLOAD_SAYING("new", 0x22, "revokes=" ID_11), 0);
    assert_int_equal(act("new", UNLOAD), 0);
    assert_int_equal(upload("old"), -EPERM);
}

static void revoked_payload_that_is_loaded_is_not_applied(void **state)
{
    (void)state;
    assert_int_equal(upload("old"), 0);
    assert_int_equal(UPLOAD_SAYING("new", 0x22, "revokes=" ID_11), 0);
    assert_int_equal(act("old", APPLY), -EPERM);
    assert_int_equal(act("old", REPLACE), -EPERM);
    assert_int_equal(act("new", APPLY), 0);
    assert_int_equal(act("new", REVERT), 0);
    assert_int_equal(act("old", UNLOAD), 0);
    assert_int_equal(act("new", UNLOAD), 0);
}

static void revoked_payload_in_force_stays_until_it_is_reverted(void **state)
{
    (void)state;
    assert_int_equal(upload("old"), 0);
    assert_int_equal(act("old", APPLY), 0);
    assert_int_equal(UPLOAD_SAYING("new", 0x22, "revokes=" ID_11), 0);
    assert_int_equal(act("old", REVERT), 0);
    assert_int_equal(act("old", APPLY), -EPERM);
    assert_int_equal(act("old", UNLOAD), 0);
    assert_int_equal(act("new", UNLOAD), 0);
}

static void dry_run_revokes_nothing(void **state)
{
    struct payload_description what = payload_simple;
    static const char metadata[] = "revokes=" ID_11;

    (void)state;
    what.id = 0x22;
    what.metadata = metadata;
    what.metadata_bytes = sizeof(metadata);
    assert_int_equal(try_described("new", &what, 0), 0);
    assert_int_equal(upload("old"), 0);
    assert_int_equal(act("old", UNLOAD), 0);
}

static void refused_payload_revokes_nothing(void **state)
{
    (void)state;
    assert_int_equal(upload("old"), 0);
    assert_int_equal(UPLOAD_SAYING("same-id", 0x11, "revokes=" ID_22), -EEXIST);
    assert_int_equal(act("old", UNLOAD), 0);
    assert_int_equal(UPLOAD_SAYING("new", 0x22, "a=b"), 0);
    assert_int_equal(act("new", UNLOAD), 0);
}

static void ids_of_every_length_are_revoked(void **state)
{
    (void)state;
    assert_int_equal(UPLOAD_SAYING("new", 0x22,
                                   "revokes=00\0revokes=" ID_11 ID_11 ID_11
                                   "11223344\0revokes=aAfF09"),
                     0);
    assert_int_equal(count(), 3);
    assert_int_equal(act("new", UNLOAD), 0);
}

struct malformed_row {
    const char *name;
    const char *value;
    const char *says;
};

static const struct malformed_row malformed[] = {
    {"id_of_no_bytes_is_einval", "", "revokes=: no build-id"},
    {"half_a_byte_is_einval", "111", "revokes=111: no build-id"},
    {"letter_that_is_no_digit_is_einval", "1g", "revokes=1g: no build-id"},
    {"blank_is_einval", " 11", "revokes= 11: no build-id"},
    {"id_of_65_bytes_is_einval", ID_11 ID_11 ID_11 "1122334455", "no build-id"},
    {"own_id_is_einval", ID_22, "that is its own"},
};

/* Nor does it revoke what stands before in its metadata. */
static void malformed_id_is_einval(void **state)
{
    const struct malformed_row *row = *state;
    char metadata[512];
    const int nr = snprintf(metadata, sizeof(metadata),
                            "revokes=" ID_11 "%crevokes=%s", '\0', row->value);

    assert_int_equal(upload_saying("new", 0x22, metadata, (size_t)nr + 1),
                     -EINVAL);
    assert_logged(row->says);
    assert_int_equal(upload("old"), 0);
    assert_int_equal(act("old", UNLOAD), 0);
}

/* nr ids, from number `first` on. */
static int upload_revoking(const char *name, uint8_t id, unsigned int first,
                           unsigned int nr)
{
    static char metadata[MOST_METADATA];
    size_t bytes = 0;

    for (unsigned int i = 0; i < nr; i++) {
        bytes += (size_t)snprintf(metadata + bytes, sizeof(metadata) - bytes,
                                  "revokes=%08x", first + i) +
                 1;
    }
    return upload_saying(name, id, metadata, bytes);
}

static void full_memory_is_enospc_and_takes_none(void **state)
{
    (void)state;
    assert_int_equal(upload_revoking("a", 0x22, 1, LP_REVOKED_MOST - 1), 0);
    assert_int_equal(upload_revoking("b", 0x33, 1000, 2), -ENOSPC);
    assert_logged("there would be 257 revoked build-ids, at most 256");
    assert_int_equal(count(), LP_REVOKED_MOST - 1);
    assert_int_equal(upload_revoking("b", 0x33, 1000, 1), 0);
    assert_int_equal(upload_revoking("c", 0x44, 2000, 1), -ENOSPC);
    assert_int_equal(upload_revoking("c", 0x44, 1, LP_REVOKED_MOST - 1), 0);
    assert_int_equal(count(), LP_REVOKED_MOST);
    assert_int_equal(upload("old"), 0);
    assert_int_equal(act("old", UNLOAD), 0);
    assert_int_equal(act("c", UNLOAD), 0);
    assert_int_equal(act("b", UNLOAD), 0);
    assert_int_equal(act("a", UNLOAD), 0);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, revoked_payload_is_eperm);
    host_add(&tests, revocation_outlives_who_said_so);
    host_add(&tests, revoked_payload_that_is_loaded_is_not_applied);
    host_add(&tests, revoked_payload_in_force_stays_until_it_is_reverted);
    host_add(&tests, dry_run_revokes_nothing);
    host_add(&tests, refused_payload_revokes_nothing);
    host_add(&tests, ids_of_every_length_are_revoked);
    host_add_rows(&tests, malformed, malformed_id_is_einval);
    host_add(&tests, full_memory_is_enospc_and_takes_none);
    return host_run(&tests);
}
